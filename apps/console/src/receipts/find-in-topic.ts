import { partitionOf, type TopicReader, type TopicRecord } from '@orderline/kafka';

export type Wanted = { readonly version: number; readonly recordedAt: number };
export type Found = { partition: number; offset: number; at: number; copies: number };
export type Lookup = {
  readonly found: ReadonlyMap<number, Found>;
  /** False where time ran out first: what is not found may be there. */
  readonly isComplete: boolean;
};

export type LookupReader = Pick<TopicReader, 'logRanges' | 'offsetAt' | 'read'>;

/**
 * Looks up where the versions of an order lie in the topic: in the partition of its key, from the first record that is as late as
 * the version, forward to the end where need be (one that was sent again lies later than its time says). Times are epoch
 * milliseconds. Stops looking when `deadline` has passed.
 */
export const findInTopic = async (
  reader: LookupReader,
  orderId: string,
  { wanted, deadline }: { readonly wanted: readonly Wanted[]; readonly deadline: number },
): Promise<Lookup> => {
  const partition = partitionOf(orderId, (await reader.logRanges()).size);
  const scan: Scan = { found: new Map(), from: 0n, to: 0n };
  for (const { version, recordedAt } of wanted) {
    const start = scan.found.has(version) ? undefined : await reader.offsetAt(partition, recordedAt);
    if (start === undefined) continue;
    const isScanned = start >= scan.from && start < scan.to;
    if (!isScanned) [scan.from, scan.to] = [start, start];
    const range = { from: new Map([[partition, scan.to]]), partitions: [partition] };
    for await (const chunk of reader.read(range)) {
      takeIn(chunk, orderId, scan);
      if (scan.found.has(version)) break;
      if (Date.now() > deadline) return { found: scan.found, isComplete: false };
    }
  }
  return { found: scan.found, isComplete: true };
};

/** What was read last without a gap, and all that was met. */
type Scan = { readonly found: Map<number, Found>; from: bigint; to: bigint };

const takeIn = (chunk: readonly TopicRecord[], orderId: string, scan: Scan): void => {
  for (const record of chunk) note(record, orderId, scan.found);
  scan.to = (chunk.at(-1)?.offset ?? scan.to) + 1n;
};

const note = (record: TopicRecord, orderId: string, found: Map<number, Found>): void => {
  if (record.key?.toString() !== orderId) return;
  const version = Number(record.headers['event-version']);
  const before = found.get(version);
  if (before !== undefined) before.copies += 1;
  else if (version > 0)
    found.set(version, {
      partition: record.partition,
      offset: Number(record.offset),
      at: record.timestamp,
      copies: 1,
    });
};
