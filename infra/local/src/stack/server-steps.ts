import { areFetched, artefactsIn, fetchArtefacts } from '../java/artefacts.ts';
import { findJava, type Java } from '../java/find-java.mjs';
import { connectPart } from '../parts/connect-part.ts';
import { kafkaPart, type JavaPart } from '../parts/kafka-part.ts';
import type { Part } from '../parts/part.ts';
import { postgresPart } from '../parts/postgres-part.ts';
import { registryPart } from '../parts/registry-part.ts';
import type { Ports } from '../ports/port-plan.ts';
import type { Steps } from '../provision/steps.ts';
import type { Addresses } from './addresses.ts';
import { kafkaDoors, portsSeenBy, type Detour } from './detours.ts';
import type { StackFolder } from './stack-folder.ts';

export type NativeServers = {
  readonly home: string;
  readonly folder: StackFolder;
  readonly ports: Ports;
  readonly detours: readonly Detour[];
  readonly addresses: Addresses;
  readonly env: NodeJS.ProcessEnv;
  readonly onNotice: (notice: string) => void;
  /** Starts a part under supervision. */
  readonly launch: (part: Part, signal: AbortSignal) => Promise<void>;
};

/** PostgreSQL, Kafka, the registry and Connect as processes of this machine. */
export const nativeServerSteps = (servers: NativeServers): Steps => {
  const { folder, ports, detours, launch } = servers;
  let java: Java | undefined;
  const javaPart = (name: string): JavaPart => {
    if (java === undefined) throw new Error('Java is looked for first');
    return { java, artefacts: artefactsIn(servers.home), folder: folder.data(name) };
  };
  const step = (title: string, after: readonly string[], port: number, part: () => Part) => ({
    title,
    after,
    run: async (signal: AbortSignal) => {
      await launch(part(), signal);
      return `127.0.0.1:${port}`;
    },
  });
  const postgres = { folder: folder.data('postgres'), port: ports.postgres, adminUrl: servers.addresses.adminUrl };
  return {
    artefacts: {
      title: 'Java and its programs',
      after: [],
      run: async (signal) => {
        java = await findJava(servers.env);
        if (!areFetched(servers.home)) {
          await fetchArtefacts(servers.home, { java, logFile: folder.logOf('maven'), signal });
        }
        return `Java ${java.version}`;
      },
    },
    postgres: step('PostgreSQL', [], ports.postgres, () => postgresPart({ ...postgres, onNotice: servers.onNotice })),
    kafka: step('Kafka', ['artefacts'], ports.kafka, () =>
      kafkaPart(javaPart('kafka'), {
        port: ports.kafka,
        controllerPort: ports['kafka-controller'],
        doors: kafkaDoors(detours),
      }),
    ),
    registry: step('Schema registry', ['artefacts', 'databases'], ports.registry, () =>
      registryPart(javaPart('registry'), portsSeenBy('registry', ports, detours)),
    ),
    connect: step('Kafka Connect', ['artefacts'], ports.connect, () =>
      connectPart(javaPart('connect'), portsSeenBy('connect', ports, detours)),
    ),
  };
};
