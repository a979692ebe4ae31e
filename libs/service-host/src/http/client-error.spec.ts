import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { answerClientError } from './client-error.ts';

const answerTo = async (sent: string): Promise<string> => {
  const server = createServer({ headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 25 });
  server.on('clientError', answerClientError);
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(sent);
  return text(socket);
};

it('a request that was not read in time is refused as by a server without room, to be sent again', async () => {
  const answer = await answerTo('POST /orders HTTP/1.1\r\nHost: here\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 503 /u);
  expect(answer).toContain('Retry-After: 1');
  expect(answer).toContain('"code":"unavailable"');
});

it('what is no HTTP is a problem too', async () => {
  expect(await answerTo('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"invalid_request"/u);
});
