import fc from 'fast-check';
import { seedOfRun } from '../invariants/chance.ts';
import { faultsOfAnswer } from './judge-answer.ts';
import type { Case } from './request-cases.ts';
import { openClient, type Answer } from './send.ts';
import type { App } from './start-app.ts';

export type Asked = { readonly asked: Case; readonly answer: Answer };

export type FuzzRun = {
  readonly seed: number;
  /** How many requests got each status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** How many got 2xx, by operation. */
  readonly taken: ReadonlyMap<string, number>;
  /** What was wrong, each kind once, with the first request that showed it. */
  readonly faults: readonly string[];
  /** A share of what was refused for what it is, whatever the state. */
  readonly refused: readonly Case[];
};

type Options = {
  readonly app: App;
  readonly cases: fc.Arbitrary<Case>;
  readonly count: number;
  /** Puts what is known now in the place of placeholders. */
  readonly fill: (asked: Case) => Case;
  readonly onAnswer?: (answer: Asked) => void;
  /** After every 500 requests: what is wrong with the state they left. */
  readonly afterRound?: (answers: readonly Asked[]) => Promise<string[]>;
};

const perRound = 500;
const atOnce = 24;
const keptRefused = 1_000;
const lastingRefusals = new Set([400, 413, 415]);

/** Requests in the whole run: ORDERLINE_FUZZ_CASES where it is set (npm test sends 10,000). */
export const casesInAll = Number(process.env['ORDERLINE_FUZZ_CASES'] ?? 10_000);

export const nameOf = ({ operation, method }: Case): string =>
  operation === undefined ? `${method} elsewhere` : `${method} ${operation.path}`;

/** Sends seeded requests, several at once, and judges each answer; never throws for what an app does. */
export const fuzz = async ({ app, cases, count, fill, onAnswer, afterRound }: Options): Promise<FuzzRun> => {
  const seed = seedOfRun(`fuzzing ${app.url} with ${count} requests`);
  const client = openClient(app.url);
  const statuses = new Map<number, number>();
  const taken = new Map<string, number>();
  const faults = new Map<string, string>();
  const refused: Case[] = [];
  const note = (kind: string, example: string): void => {
    if (!faults.has(kind)) faults.set(kind, example);
  };
  const judge = ({ asked, answer }: Asked): void => {
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status < 300) taken.set(nameOf(asked), (taken.get(nameOf(asked)) ?? 0) + 1);
    if (lastingRefusals.has(answer.status) && refused.length < keptRefused) refused.push(asked);
    for (const fault of faultsOfAnswer(asked, answer)) note(`${nameOf(asked)}: ${fault}`, shown({ asked, answer }));
  };
  try {
    for (let round = 0; round * perRound < count; round += 1) {
      const numRuns = Math.min(perRound, count - round * perRound);
      const waiting = fc.sample(cases, { seed: seed + round, numRuns });
      const answers: Asked[] = [];
      const take = (answer: Asked): void => {
        answers.push(answer);
        onAnswer?.(answer);
      };
      const work = async (): Promise<void> => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          const asked = fill(next);
          const answer = await client.send(asked).catch((error: unknown) => String(error));
          if (typeof answer === 'string') note(`${nameOf(asked)}: is not answered`, `${shownCase(asked)} → ${answer}`);
          else take({ asked, answer });
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      answers.forEach(judge);
      for (const fault of (await afterRound?.(answers)) ?? []) note(fault, `round ${round}`);
      app.expectAlive();
    }
  } finally {
    client.close();
  }
  return { seed, statuses, taken, faults: [...faults].map(([kind, example]) => `${kind}\n  ${example}`), refused };
};

/** Sends the same requests once more; the statuses they get. */
export const sendAgain = async (app: App, cases: readonly Case[]): Promise<Set<number>> => {
  const client = openClient(app.url);
  const waiting = [...cases];
  const statuses = new Set<number>();
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      statuses.add((await client.send(next)).status);
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    client.close();
  }
  return statuses;
};

const shown = ({ asked, answer }: Asked): string =>
  `${shownCase(asked)} → ${answer.status} ${answer.body.toString().slice(0, 400)}`;

const shownCase = ({ method, address, headers, body }: Case): string =>
  `${method} ${address.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${JSON.stringify(body?.toString().slice(0, 300) ?? null)}`;
