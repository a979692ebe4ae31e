import { join } from 'node:path';
import { areFetched, artefactsIn, fetchArtefacts } from '../java/artefacts.ts';
import { findJava } from '../java/find-java.mjs';
import { kafkaPart } from '../parts/kafka-part.ts';
import { SupervisedPart } from '../parts/supervised-part.ts';
import { freePort } from '../ports/free-port.ts';
import { createTopics } from '../provision/topics.ts';

export type RunningBroker = {
  readonly brokers: readonly string[];
  readonly pid: number;
  /** Resolves when no process is left; what the topics hold stays in the folder. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts Kafka alone on free ports of 127.0.0.1, with the settings of the stack and the declared topics; its data in `folder`,
 * where a later start finds it again. Artefacts are those of `home`. Throws with the log's last lines when it does not come up.
 */
export const startBroker = async ({ home, folder }: { home: string; folder: string }): Promise<RunningBroker> => {
  const java = await findJava(process.env);
  const signal = new AbortController().signal;
  if (!areFetched(home)) await fetchArtefacts(home, { java, logFile: join(folder, 'maven.log'), signal });
  const port = await freePort();
  const on = { java, artefacts: artefactsIn(home), folder };
  const part = new SupervisedPart(kafkaPart(on, { port, controllerPort: await freePort() }), {
    logFile: join(folder, 'kafka.log'),
    pidFile: join(folder, 'kafka.json'),
    onNews: () => undefined,
  });
  await part.start();
  const brokers = [`127.0.0.1:${port}`];
  try {
    await createTopics(brokers);
  } catch (error) {
    await part.stop();
    throw error;
  }
  return { brokers, pid: part.state().pid ?? 0, stop: () => part.stop() };
};
