import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createRegistryClient } from './registry-client.ts';

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** Something at the registry's address that is not a registry in good health. */
const somethingThere = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const unavailable = { code: 'registry_unavailable', retriable: true };

describe('a schema registry in trouble', () => {
  it('is unavailable when nobody listens', async () => {
    await expect(createRegistryClient({ url: 'http://127.0.0.1:1' }).schemaById(1)).rejects.toMatchObject(unavailable);
  });

  it('is unavailable when it keeps silent, or begins an answer and never ends it', async () => {
    const silent = await somethingThere(() => undefined);
    const slow = await somethingThere((_, response) => response.write('{'));
    for (const url of [silent, slow]) {
      const asked = createRegistryClient({ url, timeoutMs: 100 }).schemaById(1);
      await expect(asked).rejects.toMatchObject(unavailable);
    }
  });

  it.each([
    [404, '<html>no such page</html>'],
    [404, '{"status":404}'],
    [403, 'forbidden'],
    [502, '<html>bad gateway</html>'],
    [500, '{"error_code":50001,"message":"store is down"}'],
    [429, '{"error_code":42901,"message":"slow down"}'],
    [200, 'welcome to the hotel'],
    [200, '{}'],
    [200, 'null'],
    [200, '{"schema":17}'],
    [200, '{"schema":"welcome"}'],
    [200, '{"schema":"{\\"type\\":\\"nonsense\\"}"}'],
  ])('never says that a schema is unknown by status %d and %s', async (status, body) => {
    const url = await somethingThere((_, response) => response.writeHead(status).end(body));
    await expect(createRegistryClient({ url }).schemaById(1)).rejects.toMatchObject(unavailable);
  });

  it.each([
    ['{"schema":"{\\"type\\":\\"record\\",\\"name\\":\\"A\\",\\"fields\\":[]}"}', 'a record'],
    ['{"schema":"[\\"null\\",\\"string\\"]"}', 'a union'],
    ['{"schema":"\\"string\\""}', 'a primitive'],
    ['{"schema":"{\\"type\\":\\"object\\"}","schemaType":"JSON"}', 'a schema of another kind'],
  ])('is taken at its word where it gives one: %s, %s', async (body) => {
    const url = await somethingThere((_, response) => response.end(body));
    expect(await createRegistryClient({ url }).schemaById(1)).toBe((JSON.parse(body) as { schema: string }).schema);
  });

  it('is asked once however many wait for the answer, and again after a failure', async () => {
    let asked = 0;
    const url = await somethingThere((_, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    const client = createRegistryClient({ url });
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => client.schemaById(7)));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked).toBe(1);
    await expect(client.schemaById(7)).rejects.toMatchObject(unavailable);
    expect(asked).toBe(2);
  });
});
