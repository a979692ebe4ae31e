import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { Case } from './request-cases.ts';

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

const patienceMs = 20_000;

export type Client = {
  /** Rejects where no whole answer comes. Of a stream, the first part is the answer. */
  send(what: Case): Promise<Answer>;
  close(): void;
};

/** Sends addresses and headers as they are, where fetch would make them right first. */
export const openClient = (url: string): Client => {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const { hostname, port } = new URL(url);
  const send = ({ method, address, headers, body }: Case): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({ agent, hostname, port, method, path: address, timeout: patienceMs }, (answer) => {
        const parts: Buffer[] = [];
        const end = (): void => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) });
        };
        const isStream = answer.headers['content-type']?.startsWith('text/event-stream') ?? false;
        answer.on('data', (part: Buffer) => {
          parts.push(part);
          if (!isStream) return;
          end();
          answer.destroy();
        });
        answer.on('end', end);
        answer.on('error', reject);
      });
      for (const [name, value] of headers) sent.setHeader(name, value);
      // Node gives a body of a GET or DELETE no length by itself.
      if (body !== undefined) sent.setHeader('content-length', body.length);
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${patienceMs} ms`)));
      sent.on('error', reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
};
