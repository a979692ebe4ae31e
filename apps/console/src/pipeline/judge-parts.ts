import type { Sight } from '../probe/sight.ts';
import type { Health, Part } from '../shapes.ts';
import type { Readiness } from '../upstream/answers.ts';
import type { Observation } from './observation.ts';

export type Judgement = { readonly state: Health; readonly advice: string | null };
export type JudgedPart = Omit<Part, 'since'>;

/** Every process of the stack; PostgreSQL is known by what the apps that need it say. */
export const judgeParts = (seen: Observation): JudgedPart[] => {
  const apps = [seen.command, seen.supervisor, ...seen.projectors];
  return [
    ...apps.map(({ name, address, ready }): JudgedPart => ({ name, kind: 'app', address, ...judgeApp(ready) })),
    server('PostgreSQL', 'as the apps that need it say', judgeDatabase(apps.map(({ ready }) => ready))),
    server('Kafka', seen.kafka.address, judgeServer(seen.kafka.sight)),
    server('Kafka Connect', seen.connect.address, judgeServer(seen.connect.sight)),
    server('schema registry', seen.registry.address, judgeServer(seen.registry.sight)),
  ];
};

const server = (name: string, address: string, judgement: Judgement): JudgedPart => ({
  ...{ name, kind: 'server', address },
  ...judgement,
});

const up: Judgement = { state: 'up', advice: null };
const unknown: Judgement = { state: 'unknown', advice: null };

export const judgeServer = (sight: Sight<unknown>): Judgement => {
  if (sight.is === 'away') return { state: 'down', advice: sight.advice };
  return sight.is === 'seen' ? up : unknown;
};

/** One that answers and is not ready is late, not down: it waits for something that it names. */
export const judgeApp = (ready: Sight<Readiness>): Judgement => {
  if (ready.is !== 'seen') return judgeServer(ready);
  const failed = ready.value.checks.filter((check) => !check.ready);
  if (ready.value.ready) return up;
  return {
    state: 'late',
    advice: `Not ready: ${failed.map(({ name, reason }) => `${name}: ${reason ?? ''}`).join('; ')}`,
  };
};

export const judgeDatabase = (apps: readonly Sight<Readiness>[]): Judgement => {
  const checks = apps
    .flatMap((app) => (app.is === 'seen' ? app.value.checks : []))
    .filter(({ name }) => name === 'database');
  const [first] = checks;
  if (first === undefined) return unknown;
  const failed = checks.filter(({ ready }) => !ready);
  if (failed.length === 0) return up;
  const advice = `${failed.length} of ${checks.length} apps do not reach it: ${failed[0]?.reason ?? ''}`;
  return { state: failed.length === checks.length ? 'down' : 'late', advice };
};
