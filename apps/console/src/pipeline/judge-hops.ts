import { valueOf } from '../probe/sight.ts';
import type { Hop } from '../shapes.ts';
import type { Relay } from '../upstream/answers.ts';
import { judgeApp, judgeDatabase, judgeServer, type Judgement } from './judge-parts.ts';
import type { Observation, ProjectorSeen } from './observation.ts';

export type JudgedHop = Omit<Hop, 'since'>;

const lateAfterSeconds = 10;

/** The way of an event, station by station: how each does, and what to do where it does not do well. */
export const judgeHops = (seen: Observation): JudgedHop[] => [
  {
    ...{ id: 'order-command', kind: 'command', name: 'order-command' },
    ...judgeApp(seen.command.ready),
    ...{ ratePerSecond: seen.command.rate, lagEvents: null, lagSeconds: null, delay: seen.command.delay },
  },
  {
    ...{ id: 'outbox', kind: 'outbox', name: 'Outbox in PostgreSQL' },
    ...judgeOutbox(seen),
    ...{ ratePerSecond: seen.command.rate, lagEvents: null, lagSeconds: null, delay: null },
  },
  {
    ...{ id: 'debezium', kind: 'relay', name: 'Debezium' },
    ...judgeRelay(seen),
    ...{ ratePerSecond: seen.topicRate, lagEvents: null, lagSeconds: relayLag(seen), delay: seen.relayDelay },
  },
  {
    ...{ id: 'kafka', kind: 'topic', name: 'Kafka topic' },
    ...judgeServer(seen.kafka.sight),
    ...{ ratePerSecond: seen.topicRate, lagEvents: null, lagSeconds: null, delay: null },
  },
  ...seen.projectors.map(projectorHop),
];

const isFlowing = ({ state }: Relay): boolean => state === 'flowing' || state === 'idle';

const judgeOutbox = (seen: Observation): Judgement => {
  const database = judgeDatabase([seen.command, ...seen.projectors].map(({ ready }) => ready));
  const { retainedBytes = 0, retainedLimitBytes = null } = valueOf(seen.relay) ?? {};
  if (database.state !== 'up' || retainedLimitBytes === null || retainedBytes < retainedLimitBytes / 2) return database;
  const percent = Math.round((100 * retainedBytes) / retainedLimitBytes);
  return {
    state: 'late',
    advice: `PostgreSQL holds back ${percent} % of the WAL that it may for the relay: at 100 % the slot is lost. Let the relay flow again.`,
  };
};

const judgeRelay = ({ relay, connect }: Observation): Judgement => {
  if (relay.is === 'seen') {
    const { state, advice } = relay.value;
    return { state: isFlowing(relay.value) ? 'up' : state === 'restarting' ? 'late' : 'down', advice };
  }
  if (connect.sight.is === 'away') return { state: 'down', advice: connect.sight.advice };
  return { state: 'unknown', advice: relay.is === 'away' ? 'The relay supervisor, which knows, is away.' : null };
};

/** While it flows nothing waits longer than a look; else the last heartbeat says since when nothing came. */
const relayLag = ({ relay }: Observation): number | null => {
  if (relay.is !== 'seen') return null;
  return isFlowing(relay.value) ? 0 : relay.value.heartbeat.ageSeconds;
};

const projectorHop = (seen: ProjectorSeen): JudgedHop => {
  const serving = (valueOf(seen.generations) ?? []).filter(({ state }) => state === 'serving');
  const most = (figure: 'lagEvents' | 'lagSeconds' | 'parked'): number | null =>
    serving.length === 0 ? null : Math.max(...serving.map((generation) => generation[figure]));
  const [lagSeconds, parked] = [most('lagSeconds'), most('parked')];
  return {
    ...{ id: seen.name, kind: 'projector', name: seen.name },
    ...judgeProjector(judgeApp(seen.ready), { lagSeconds: lagSeconds ?? 0, parked: parked ?? 0 }),
    ...{ ratePerSecond: seen.rate, lagEvents: most('lagEvents'), lagSeconds, delay: seen.delay },
  };
};

const judgeProjector = (app: Judgement, { lagSeconds, parked }: { lagSeconds: number; parked: number }): Judgement => {
  if (app.state !== 'up') return app;
  if (lagSeconds > lateAfterSeconds) {
    const advice = `It is ${Math.round(lagSeconds)} s behind the topic. Where that grows, look at its log and at its database.`;
    return { state: 'late', advice };
  }
  const orders = parked === 1 ? '1 order is' : `${parked} orders are`;
  return parked > 0 ? { state: 'up', advice: `${orders} parked: look at why, then retry.` } : app;
};
