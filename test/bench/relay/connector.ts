import { readFileSync } from 'node:fs';
import { eventually } from '@orderline/testing';

type Settings = Readonly<Record<string, string>>;

/** The relay's settings, as the stack gives them to Connect. */
export const declaredSettings = (): Settings => {
  const file = new URL('../../../infra/debezium/outbox-connector.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { config: Settings }).config;
};

/** The same relay with Debezium's and Connect's own defaults for how often it looks, how much it takes at once and how it sends. */
export const withDefaults = (settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([name]) =>
        !['poll.interval.ms', 'max.batch.size', 'max.queue.size'].includes(name) &&
        !name.startsWith('producer.override.'),
    ),
  );

/** Gives Connect a connector; it is made, or its settings are replaced. */
export const putConnector = (connectUrl: string, name: string, settings: Settings): Promise<void> =>
  ask(connectUrl, 'PUT', `/connectors/${name}/config`, settings);

export const deleteConnector = (connectUrl: string, name: string): Promise<void> =>
  ask(connectUrl, 'DELETE', `/connectors/${name}`);

/** Asks Connect to start or end the connector's task; resolves when it has been asked. */
export const setConnector = (connectUrl: string, name: string, wanted: 'resume' | 'stop'): Promise<void> =>
  ask(connectUrl, 'PUT', `/connectors/${name}/${wanted}`);

/** While the worker rebalances, or has not told itself of a connector that was just made, it refuses. */
const ask = (connectUrl: string, method: string, path: string, body?: Settings): Promise<void> =>
  eventually(
    async () => {
      const response = await fetch(connectUrl + path, {
        method,
        signal: AbortSignal.timeout(10_000),
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    },
    { withinMs: 30_000, everyMs: 100 },
  );
