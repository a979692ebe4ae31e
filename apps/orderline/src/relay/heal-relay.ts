import type { Relay, RelayRoutes } from './relay-routes.ts';
import { sendLost, type LostParts } from './send-lost.ts';

export type HealParts = LostParts & {
  readonly routes: RelayRoutes;
  /** Between two looks. */
  readonly pause: () => Promise<void>;
};

const mostLooks = 240;

/**
 * Heals the relay and sends again what it left out, until the topic lacks nothing; only then is its loss closed. May be run
 * again at any time, after a run that was cut off too. Throws where the relay does not come to work.
 */
export const healRelay = async (parts: HealParts): Promise<void> => {
  const { routes, say, dryRun } = parts;
  const before = await routes.relay();
  say(`The relay is ${before.state}. ${before.advice ?? ''}`.trimEnd());
  const { steps } = await routes.heal(dryRun);
  for (const step of steps) say(dryRun ? `would ${step}` : step);
  if (steps.length === 0) say('Slot and connector need nothing.');
  if (!dryRun) say(`The relay works: ${workLine(await untilAtWork(parts))}`);
  const sent = await sendLost(parts);
  const records = sent.reduce((sum, order) => sum + order.records, 0);
  say(`${records} records of ${sent.length} orders ${dryRun ? 'would be' : 'were'} sent again.`);
  if (dryRun) return;
  const { state } = await routes.healed();
  say(`Healed: the relay is ${state}.`);
};

const untilAtWork = async ({ routes, pause }: HealParts): Promise<Relay> => {
  let last: Relay | undefined;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    last = await routes.relay();
    if (last.task === 'RUNNING' && last.slot?.active === true) return last;
    await pause();
  }
  throw new Error(`the relay did not come to work: ${last?.advice ?? ''} Run it again.`);
};

export const workLine = ({ connector, task, slot, heartbeat }: Relay): string => {
  const age = heartbeat.ageSeconds === null ? 'none yet' : `${heartbeat.ageSeconds.toFixed(0)} s ago`;
  const active = slot === null ? 'not there' : slot.active ? 'read from' : 'not read from';
  return `connector ${connector}, task ${task}, slot ${active}, last heartbeat ${age}`;
};
