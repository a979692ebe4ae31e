import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contractSchemas } from '@orderline/contracts';
import { schemaIds } from '../orders/stored-form.ts';

/** Answers what schema an id is, as the registry would, for the ids that the bench's records were written with. */
export const schemasByHttp = async (): Promise<{ url: string; close(): void }> => {
  const byId = new Map(contractSchemas.map(({ subject, schema }) => [String(schemaIds.get(subject)), schema]));
  const server = createServer(({ url = '' }, response) => {
    const schema = byId.get(url.split('/').at(-1) ?? '');
    response.writeHead(schema === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(schema === undefined ? { error_code: 40403 } : { schema }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
