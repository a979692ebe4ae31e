import { connect } from 'node:net';
import fc from 'fast-check';
import type { App } from './start-app.ts';

const line = fc.oneof(
  fc.constantFrom(
    'POST /orders HTTP/1.1',
    'GET /health/live HTTP/1.1',
    'GET /health/live HTTP/1.0',
    'GET / HTTP/9.9',
    'get / http/1.1',
    'FOO / HTTP/1.1',
  ),
  fc.constantFrom(
    'GET  / HTTP/1.1',
    'GET http://elsewhere/orders HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'GET /\u0000 HTTP/1.1',
    `GET /${'x'.repeat(70_000)} HTTP/1.1`,
    '',
  ),
);

const header = fc.oneof(
  fc.constantFrom(
    'Host: a',
    'Host: a',
    'Host: a\r\nHost: b',
    'Content-Type: application/json',
    'X-Actor: a\u0000b',
    'X-Actor : a',
    ' X-Actor: a',
    'no colon',
  ),
  fc.constantFrom(
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 5\r\nContent-Length: 6',
    'Content-Length: 99999999999999999999',
    'Content-Length: 1e1',
  ),
  fc.constantFrom(
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked\r\nContent-Length: 5',
    'Transfer-Encoding: gzip',
    'Expect: 100-continue',
    'Expect: gold',
    'Upgrade: h2c\r\nConnection: upgrade',
  ),
  fc.constantFrom(
    'If-Match: "1"\r\nIf-Match: "2"',
    'X-Actor: a:b\r\nX-Actor: c:d',
    'Idempotency-Key: k\r\nIdempotency-Key: l',
    `Cookie: ${'x'.repeat(20_000)}`,
  ),
  fc.constant(Array.from({ length: 1_500 }, (_, at) => `X-${at}: y`).join('\r\n')),
);

const body = fc.oneof(
  fc.constantFrom(
    '',
    '{}',
    '{"a"',
    '5\r\n{"a":\r\n',
    'zz\r\n{}\r\n0\r\n\r\n',
    '0\r\n\r\n',
    'ffffffffffffffff\r\n',
    '5\r\n{}',
  ),
  fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

/** Bytes that are nearly HTTP, or none at all. */
export const rawRequests: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(line, fc.array(header, { maxLength: 4 }), body)
      .map(([first, headers, rest]) => Buffer.from(`${[first, ...headers].join('\r\n')}\r\n\r\n${rest}`, 'latin1')),
  },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);

/** Everything that comes back until the connection ends; this side says after its bytes that there is no more. */
export const sendRaw = ({ url }: App, bytes: Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    let text = '';
    const settle = (): void => {
      resolve(text);
    };
    socket.setTimeout(12_000, () => {
      socket.destroy();
      reject(new Error(`the connection was held after ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`));
    });
    socket.on('data', (part) => (text += part.toString()));
    socket.on('error', settle);
    socket.on('close', settle);
  });

/** What is wrong with what came back: nothing at all is right, as no request was made. */
export const faultsOfRaw = (text: string): string[] => {
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gmu)].map(([, status]) => Number(status));
  const unlawful = statuses.filter((status) => ![100, 200].includes(status) && !(status >= 400 && status < 500));
  const isProblem = statuses.every((status) => status < 400) || text.includes('application/problem+json');
  return [...unlawful.map((status) => `status ${status}`), ...(isProblem ? [] : ['a refusal that is no problem+json'])];
};
