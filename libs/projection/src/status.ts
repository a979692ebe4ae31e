import type { Pool } from '@orderline/postgres';
import type { Monitor, Sample } from './monitor.ts';
import { listGenerations, type Comparison, type Generation, type GenerationState } from './store/generations.ts';
import type { Progress } from './store/progress.ts';
import { prepared } from './store/statement.ts';

/** One generation of a projection as `GET /projections` shows it: how far it has come, in all instances together. */
export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  readonly generation: number;
  readonly state: GenerationState;
  readonly partitions: readonly { readonly partition: number; readonly offset: number; readonly lag: number }[];
  readonly lagEvents: number;
  /** Age of the last record taken in, where others wait behind it; at most the time since this instance saw the lag begin. */
  readonly lagSeconds: number;
  readonly ratePerSecond: number;
  readonly applied: number;
  readonly duplicates: number;
  /** Orders, not records. */
  readonly parked: number;
  readonly rebuild: { readonly percent: number; readonly secondsLeft: number } | null;
  /** How its rows compare with the serving generation's; null until it has caught up. */
  readonly comparison: Comparison | null;
  /** When that was. */
  readonly verifiedAt: Date | null;
};

export type StatusOptions = {
  /** How long the broker may take to say how far its log goes; then what it said before counts. 1,000 ms by default. */
  readonly patienceMs?: number;
};

export const readStatus = async (
  pool: Pool,
  monitor: Monitor,
  { patienceMs }: StatusOptions = {},
): Promise<ProjectionStatus[]> => {
  const earlier = monitor.earlier();
  const [sample, generations, parked] = await Promise.all([
    monitor.look(patienceMs),
    listGenerations(pool),
    countParked(pool),
  ]);
  return generations.map((generation) =>
    statusOf(generation, { sample, earlier, parked: parked.get(generation.generation) ?? 0 }),
  );
};

const countParked = async (pool: Pool): Promise<Map<number, number>> => {
  const { rows } = await pool.query<[number, string]>({
    ...prepared('SELECT generation, count(DISTINCT order_id) FROM projection_parked GROUP BY generation', []),
    rowMode: 'array',
  });
  return new Map(rows.map(([generation, count]) => [generation, Number(count)]));
};

type Seen = { readonly sample: Sample; readonly earlier: Sample | undefined; readonly parked: number };

const statusOf = (generation: Generation, { sample, earlier, parked }: Seen): ProjectionStatus => {
  const own = ofGeneration(sample, generation);
  const partitions = own.map(({ partition, nextOffset }) => ({
    partition,
    offset: Number(nextOffset),
    lag: Number(lagOf(sample, partition, nextOffset)),
  }));
  const lagEvents = partitions.reduce((sum, { lag }) => sum + lag, 0);
  const ratePerSecond = rateOf(own, sample, earlier && { ...earlier, progress: ofGeneration(earlier, generation) });
  return {
    name: generation.projection,
    version: generation.version,
    generation: generation.generation,
    state: generation.state,
    partitions,
    lagEvents,
    lagSeconds: Math.max(0, ...own.map((progress) => lagSeconds(progress, { sample, earlier }))),
    ratePerSecond,
    applied: own.reduce((sum, { applied }) => sum + applied, 0),
    duplicates: own.reduce((sum, { duplicates }) => sum + duplicates, 0),
    parked,
    rebuild: generation.state === 'filling' ? rebuildOf(partitions, ratePerSecond) : null,
    comparison: generation.comparison,
    verifiedAt: generation.comparison === null ? null : generation.caughtUpAt,
  };
};

const ofGeneration = ({ progress }: Sample, { generation }: Generation): Progress[] =>
  progress.filter((row) => row.generation === generation);

const lagOf = ({ ranges }: Sample, partition: number, nextOffset: bigint): bigint => {
  const latest = ranges.get(partition)?.latest ?? 0n;
  return latest > nextOffset ? latest - nextOffset : 0n;
};

const rateOf = (own: readonly Progress[], sample: Sample, earlier: Sample | undefined): number => {
  if (earlier === undefined || sample.at - earlier.at < 100) return 0;
  const before = new Map(earlier.progress.map(({ partition, nextOffset }) => [partition, nextOffset]));
  const moved = own.reduce(
    (sum, { partition, nextOffset }) => sum + nextOffset - (before.get(partition) ?? nextOffset),
    0n,
  );
  return Math.round((Number(moved) * 10_000) / (sample.at - earlier.at)) / 10;
};

const lagSeconds = (
  { generation, partition, nextOffset, lastRecordedAt }: Progress,
  { sample, earlier }: Pick<Seen, 'sample' | 'earlier'>,
): number => {
  if (lagOf(sample, partition, nextOffset) === 0n) return 0;
  // A partition that has been quiet lags by the age of its last record the moment a new one arrives.
  const before = earlier?.progress.find((row) => row.generation === generation && row.partition === partition);
  const wasBehind = earlier !== undefined && before !== undefined && lagOf(earlier, partition, before.nextOffset) > 0n;
  const age = lastRecordedAt === null ? Number.POSITIVE_INFINITY : (Date.now() - lastRecordedAt.getTime()) / 1_000;
  const observed = wasBehind ? age : earlier === undefined ? 0 : (sample.at - earlier.at) / 1_000;
  return Number.isFinite(age) ? Math.round(Math.max(0, Math.min(age, observed)) * 1_000) / 1_000 : Math.round(observed);
};

const rebuildOf = (partitions: ProjectionStatus['partitions'], rate: number): ProjectionStatus['rebuild'] => {
  const done = partitions.reduce((sum, { offset }) => sum + offset, 0);
  const left = partitions.reduce((sum, { lag }) => sum + lag, 0);
  const percent = done + left === 0 ? 100 : Math.floor((done * 1_000) / (done + left)) / 10;
  return { percent, secondsLeft: left === 0 ? 0 : Math.ceil(left / Math.max(rate, 1)) };
};
