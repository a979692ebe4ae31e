import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * An address where the registry at `registryUrl` answers, as it is, but for one subject with what it has under another: what
 * it says to a subject of the contract is seen without a harm to that subject. Gone with the test.
 */
export const withBorrowedSubject = async (
  registryUrl: string,
  { subject, instead }: { readonly subject: string; readonly instead: string },
): Promise<string> => {
  const { origin, pathname } = new URL(registryUrl);
  const server = createServer((request, response) => {
    const forward = async (): Promise<void> => {
      const path = request.url?.replace(`/subjects/${subject}/`, `/subjects/${instead}/`) ?? '';
      const method = request.method ?? 'GET';
      const type = request.headers['content-type'];
      const answer = await fetch(`${origin}${path}`, {
        method,
        ...(type !== undefined && { headers: { 'content-type': type } }),
        ...(method !== 'GET' && { body: await buffer(request) }),
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    };
    forward().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`;
};
