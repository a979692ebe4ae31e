import type { HistoryEvent, OrderState, WriteSide } from './write-side.ts';

export type ReplayStep = { event: HistoryEvent; state: OrderState; changed: string[] };

/**
 * What each event did: the stored events up to version `until`, folded by the running write side's code, with the state
 * after each and the fields that it changed.
 */
export const replay = async (orderId: string, from: WriteSide, until?: number): Promise<ReplayStep[]> => {
  const steps: ReplayStep[] = [];
  let before: Record<string, unknown> = {};
  for (const event of await from.history(orderId, until)) {
    const state = await from.stateAt(orderId, { version: event.version });
    steps.push({ event, state, changed: changedFields(before, state) });
    before = state;
  }
  return steps;
};

const changedFields = (before: Record<string, unknown>, after: Record<string, unknown>): string[] =>
  Object.keys(after)
    .filter((field) => field !== 'version' && field !== 'updatedAt')
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => `${field}: ${JSON.stringify(before[field] ?? null)} → ${JSON.stringify(after[field])}`);

/** The replay as a person reads it. */
export const printReplay = (steps: ReplayStep[]): string =>
  steps
    .map(({ event, changed }) =>
      [`v${event.version}  ${event.recordedAt}  ${event.type}`, ...changed.map((change) => `      ${change}`)].join(
        '\n',
      ),
    )
    .join('\n');
