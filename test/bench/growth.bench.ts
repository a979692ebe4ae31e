import { statfsSync } from 'node:fs';
import type { Effort } from './effort.ts';
import { bytesPerRow, eventsOfOrder, monthsOfOrders } from './growth/fill-month.ts';
import { growDatabase, openGrown, type GrownDatabase, type GrownStore } from './growth/grown-store.ts';
import { medianLatency } from './growth/median-latency.ts';
import { measureArms, reportFigures, type ComparisonResult } from './measure-arms.ts';
import { filledServer } from './orders/on-disk-server.ts';
import { newOrder } from './orders/sample-order.ts';

type Report = (result: ComparisonResult) => void;

const rowsPerMinute = 5_000_000;
/** Kept free for logs and for others. */
const spareBytes = 10e9;

/**
 * Appends to orders of all 60 monthly partitions, each order met once: to a table of 20 million rows, whose indexes are larger
 * than shared_buffers, against one with a twentieth of them. Both lie in the machine's memory, if not in the server's.
 */
export const run = (report: Report, effort: Effort): Promise<void> => {
  const sizes = { fewer: effort.rows / 20, more: effort.rows };
  announce(sizes.fewer + sizes.more);
  return filledServer(
    async (adminUrl) => ({
      fewer: await growDatabase(adminUrl, sizes.fewer),
      more: await growDatabase(adminUrl, sizes.more),
    }),
    (grown) => compare(grown, report, effort),
  );
};

type Grown = { readonly fewer: GrownDatabase; readonly more: GrownDatabase };

const compare = async ({ fewer, more }: Grown, report: Report, effort: Effort): Promise<void> => {
  const names = { fewer: nameOf(effort.rows / 20), more: nameOf(effort.rows) };
  report(
    reportFigures(`size in ${monthsOfOrders} partitions`, 'GB', {
      [`index of ${names.fewer}`]: [fewer.gigabytes.indexes],
      [`index of ${names.more}`]: [more.gigabytes.indexes],
      [names.fewer]: [fewer.gigabytes.table],
      [names.more]: [more.gigabytes.table],
    }),
  );
  const stores = [openGrown(fewer), openGrown(more)] as const;
  for (const callers of [1, 16]) {
    const arm = (name: string, grown: GrownStore) => ({
      name,
      round: () => medianLatency(() => appendNext(grown), callers, effort.seconds),
    });
    const arms = [arm(names.fewer, stores[0]), arm(names.more, stores[1])];
    const title = `append to any partition, p50, ${callers} callers`;
    report(await measureArms({ title, unit: 'ms', against: names.fewer, arms, rounds: effort.rounds }));
  }
  await Promise.all(stores.map((store) => store.end()));
};

const nameOf = (rows: number): string => `${rows.toLocaleString('en')} rows`;

const appendNext = ({ store, nextOrder }: GrownStore): Promise<unknown> =>
  store.append({ ...newOrder(), orderId: nextOrder(), expectedVersion: eventsOfOrder });

/** Throws where there is not enough room. */
const announce = (rows: number): void => {
  const wanted = rows * bytesPerRow;
  const { bavail, bsize } = statfsSync('.');
  const free = bavail * bsize;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  const minutes = Math.ceil(rows / rowsPerMinute);
  console.log(
    `${nameOf(rows)}: about ${gigabytes(wanted)} of the ${gigabytes(free)} free here, and ${minutes} minutes`,
  );
  if (free < wanted + spareBytes) throw new Error(`${gigabytes(wanted + spareBytes)} have to be free`);
};
