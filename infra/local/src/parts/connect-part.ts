import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classPath, javaCommand } from '../java/java-command.ts';
import { localPassword } from '../postgres/start-postgres.ts';
import type { Ports } from '../ports/port-plan.ts';
import { httpReady } from './http-ready.ts';
import { heapOptions, log4jOption, type JavaPart } from './kafka-part.ts';
import type { Part } from './part.ts';
import { infraProperties, renderProperties } from './properties.ts';

/** Kafka Connect in distributed mode, one worker, with Debezium's connector for PostgreSQL. */
export const connectPart = (on: JavaPart, ports: Ports): Part => {
  const settingsFile = join(on.folder, 'worker.properties');
  const url = `http://127.0.0.1:${ports.connect}`;
  return {
    name: 'connect',
    prepare: () => {
      mkdirSync(on.folder, { recursive: true });
      writeFileSync(settingsFile, renderProperties(workerProperties(ports, on.artefacts.connectors)));
      return javaCommand(on.java, on.artefacts, {
        name: 'connect',
        options: [...heapOptions, log4jOption, '-cp', classPath(on.artefacts.kafka)],
        run: ['org.apache.kafka.connect.cli.ConnectDistributed', settingsFile],
        env: relayEnvironment('127.0.0.1', ports.postgres),
        cwd: on.folder,
      });
    },
    // The root answers before the worker has joined its group; the list of connectors only after.
    isReady: () => httpReady(`${url}/connectors`),
    readyWithinMs: 120_000,
    stop: { signal: 'SIGTERM', withinMs: 20_000 },
  };
};

export const workerProperties = (ports: Ports, pluginPath: string): Record<string, string> => ({
  ...infraProperties('debezium/worker.properties'),
  'bootstrap.servers': `127.0.0.1:${ports.kafka}`,
  listeners: `http://127.0.0.1:${ports.connect}`,
  'rest.advertised.host.name': '127.0.0.1',
  'rest.advertised.port': String(ports.connect),
  'plugin.path': pluginPath,
});

/** What infra/debezium/outbox-connector.json asks of its worker's environment. */
export const relayEnvironment = (host: string, port: number): Record<string, string> => ({
  ORDERLINE_RELAY_HOST: host,
  ORDERLINE_RELAY_PORT: String(port),
  ORDERLINE_RELAY_DATABASE: 'orders',
  ORDERLINE_RELAY_USER: 'orders_relay',
  ORDERLINE_RELAY_PASSWORD: localPassword,
});
