import { setTimeout as pause } from 'node:timers/promises';
import { findLoss } from '../judging/find-loss.ts';
import type { Observation } from '../judging/observation.ts';
import type { RelayParts } from '../relay/look.ts';
import { positionText } from '../slot/position-text.ts';

/** What was done, or in a dry run would be, step by step; nothing where the slot is sound and the connector runs. */
export type Healing = { readonly steps: readonly string[] };

/** Why it cannot be healed now. */
export class CannotHeal extends Error {
  override readonly name = 'CannotHeal';
}

/**
 * Makes the relay flow again from where the slot stands, whatever was left out before: a lost slot is made again, offsets that
 * are of another slot are forgotten, a stopped connector goes on. What was left out is for the caller to send again. May be
 * done twice. Throws CannotHeal where Connect or PostgreSQL does not answer.
 */
export const heal = async (
  parts: RelayParts,
  { seen, dryRun }: { seen: Observation; dryRun: boolean },
): Promise<Healing> => {
  if (seen.slot === 'unknown') throw new CannotHeal('PostgreSQL does not answer: start it first.');
  const { connector } = seen.status;
  if (connector === 'UNREACHABLE') throw new CannotHeal('Kafka Connect does not answer: start it first.');
  if (connector === 'MISSING') throw new CannotHeal('Connect has no such connector: npm run orderline -- provision.');
  const steps = stepsFor(seen);
  if (!dryRun) for (const step of steps) await step.run(parts);
  return { steps: steps.map(({ says }) => says) };
};

type Step = { readonly says: string; readonly run: (parts: RelayParts) => Promise<unknown> };

const stepsFor = (seen: Observation): Step[] => {
  const { slot, status } = seen;
  const loss = findLoss(seen);
  const isStopped = status.connector === 'STOPPED' || status.connector === 'PAUSED';
  if (loss === undefined) return isStopped ? [goOn] : [];
  const stands =
    typeof slot === 'object' && slot.confirmed !== null ? positionText(slot.confirmed) : 'its new position';
  return [
    { says: 'note the loss', run: ({ losses }) => losses.record(loss) },
    { says: 'stop the connector', run: stop },
    ...(loss.kind === 'invalidated' ? [{ says: 'drop the slot', run: ({ slot: old }: RelayParts) => old.drop() }] : []),
    ...(loss.kind === 'advanced' ? [] : [{ says: 'make the slot', run: ({ slot: anew }: RelayParts) => anew.make() }]),
    { says: `forget the connector's offset: it goes on where the slot stands, at ${stands}`, run: forget },
    goOn,
  ];
};

const goOn: Step = { says: 'let the connector go on', run: ({ connect }) => connect.resume() };

/** Connect answers before its task has let go of the slot. */
const stop = async ({ connect, slot }: RelayParts): Promise<void> => {
  await connect.stop();
  await until('the connector to stop', async () => {
    const [{ connector, task }, found] = await Promise.all([connect.status(), slot.read()]);
    return connector === 'STOPPED' && task === 'MISSING' && found?.active !== true;
  });
};

const forget = async ({ connect, losses, slot }: RelayParts): Promise<void> => {
  await until('Connect to forget the offset', () =>
    connect.forgetOffsets().then(
      () => true,
      () => false,
    ),
  );
  const position = (await slot.read())?.confirmed;
  if (typeof position === 'bigint') await losses.setUntil(position);
};

const patienceMs = 40_000;

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const begun = performance.now();
  while (performance.now() - begun < patienceMs) {
    if (await isSo()) return;
    await pause(200);
  }
  throw new CannotHeal(`Waited ${patienceMs / 1_000} s for ${what}; say it again, it goes on from there.`);
};
