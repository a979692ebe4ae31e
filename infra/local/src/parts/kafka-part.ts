import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Artefacts } from '../java/artefacts.ts';
import type { Java } from '../java/find-java.mjs';
import { classPath, javaCommand } from '../java/java-command.ts';
import { brokerAnswers } from '../provision/topics.ts';
import type { KafkaDoor } from '../stack/detours.ts';
import type { Part } from './part.ts';
import { infraProperties, renderProperties } from './properties.ts';

const run = promisify(execFile);
/** One cluster of one node, made anew only with its data. */
const clusterId = 'b3JkZXJsaW5lLWxvY2FsMQ';
/** Of Kafka, and of Connect. */
export const heapOptions = ['-Xms256m', '-Xmx1g'];
export const log4jOption = `-Dlog4j2.configurationFile=${fileURLToPath(new URL('../../../kafka/log4j2.properties', import.meta.url))}`;

export type JavaPart = { readonly java: Java; readonly artefacts: Artefacts; readonly folder: string };

export type BrokerPorts = {
  readonly port: number;
  readonly controllerPort: number;
  readonly doors?: readonly KafkaDoor[];
};

/** Kafka in KRaft mode: broker and controller in one process. */
export const kafkaPart = (on: JavaPart, ports: BrokerPorts): Part => {
  const settingsFile = join(on.folder, 'server.properties');
  const logFolder = join(on.folder, 'log');
  const options = [...heapOptions, '-XX:TieredStopAtLevel=1', log4jOption, '-cp', classPath(on.artefacts.kafka)];
  return {
    name: 'kafka',
    prepare: async () => {
      mkdirSync(on.folder, { recursive: true });
      writeFileSync(settingsFile, renderProperties(brokerProperties(ports, logFolder)));
      if (!existsSync(join(logFolder, 'meta.properties'))) await format(on, options, settingsFile);
      return javaCommand(on.java, on.artefacts, {
        name: 'kafka',
        options,
        run: ['kafka.Kafka', settingsFile],
        cwd: on.folder,
      });
    },
    isReady: () => brokerAnswers([`127.0.0.1:${ports.port}`]),
    readyWithinMs: 120_000,
    stop: { signal: 'SIGTERM', withinMs: 30_000 },
  };
};

export const brokerProperties = (
  { port, controllerPort, doors = [] }: BrokerPorts,
  logFolder: string,
): Record<string, string> => ({
  ...infraProperties('kafka/broker.properties'),
  listeners: [
    `PLAINTEXT://127.0.0.1:${port}`,
    `CONTROLLER://127.0.0.1:${controllerPort}`,
    ...doors.map((door, at) => `DOOR${at}://127.0.0.1:${door.port}`),
  ].join(),
  'advertised.listeners': [
    `PLAINTEXT://127.0.0.1:${port}`,
    ...doors.map((door, at) => `DOOR${at}://127.0.0.1:${door.advertised}`),
  ].join(),
  'listener.security.protocol.map': [
    'PLAINTEXT:PLAINTEXT',
    'CONTROLLER:PLAINTEXT',
    ...doors.map((_, at) => `DOOR${at}:PLAINTEXT`),
  ].join(),
  'inter.broker.listener.name': 'PLAINTEXT',
  'controller.listener.names': 'CONTROLLER',
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  'log.dirs': logFolder,
});

const format = async (on: JavaPart, options: readonly string[], settingsFile: string): Promise<void> => {
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', settingsFile];
  try {
    await run(on.java.executable, ['-XX:TieredStopAtLevel=1', ...options, ...tool, '--ignore-formatted']);
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`Kafka's log folder could not be formatted: ${said}`, { cause });
  }
};
