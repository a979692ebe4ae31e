import type { Asked } from '../projector-apps.ts';
import { table } from '../screen/table.ts';
import type { Parked, Released } from './parked-orders.ts';

const longest = 100;

/** A line per order and projection, newest first. */
export const printParked = (parked: readonly Parked[]): string =>
  parked.length === 0
    ? 'Nothing is parked.'
    : table(
        ['order', 'projection', 'event', 'since', 'waiting', 'reason'],
        [...parked]
          .sort((a, b) => b.since.localeCompare(a.since))
          .map(({ orderId, projection, version, since, waiting, reason }) => [
            ...[orderId, projection, eventOf(version), since, String(waiting)],
            reason.length > longest ? `${reason.slice(0, longest)}…` : reason,
          ]),
      );

/** All there is about one order, and what can be done about it. */
export const printParkedOrder = (orderId: string, parked: readonly Parked[]): string => {
  const places = parked.map(({ projection, version, reason, since, waiting, partition, offset }) =>
    [
      `${projection}: ${eventOf(version)} could not be applied, ${since}`,
      `  reason    ${reason}`,
      `  record    partition ${partition}, offset ${offset}`,
      `  behind it ${waiting === 0 ? 'nothing' : `${waiting} later ${waiting === 1 ? 'event' : 'events'}, in order`}`,
    ].join('\n'),
  );
  const next = [
    `  what happened to the order   npm run orderline -- history ${orderId}`,
    `  what a retry would do        npm run orderline -- parked retry ${orderId} --dry-run`,
    `  apply it, oldest first       npm run orderline -- parked retry ${orderId}`,
    `  give up the event at fault   npm run orderline -- parked discard ${orderId} --reason "…"`,
  ];
  return [...places, '', ...next].join('\n');
};

const eventOf = (version: number): string => (version === 0 ? 'an event without a version' : `v${version}`);

/** A line per generation of what a retry or a discard did. */
export const printReleased = (released: readonly Released[], dryRun: boolean): string => {
  const lines = released.map(({ projection, generation, applied, duplicates, parked }) => {
    const again = duplicates === 0 ? '' : `, ${duplicates} passed over as applied before`;
    const left = parked === 0 ? 'nothing stays parked' : `${parked} stay parked, see \`parked show\` for the reason`;
    return `${projection}, generation ${generation}: ${applied} applied${again}; ${left}`;
  });
  return [...lines, ...(dryRun ? ['Dry run: nothing was changed.'] : [])].join('\n');
};

export const printSilent = ({ silent }: Asked<unknown>): string =>
  silent.map(({ app, why }) => `${app.name}: ${why}`).join('\n');
