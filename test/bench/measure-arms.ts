import { quietRounds, type Rounds } from './quiet-rounds.ts';

/** One way of doing the measured thing; answers with the figure of one round, in the benchmark's unit. */
export type Arm = { name: string; round: () => Promise<number> };

export type Comparison = {
  title: string;
  /** What the figures are: `appends/s`, `ms`. */
  unit: string;
  arms: Arm[];
  /** Name of the arm that the others are set against. */
  against: string;
  rounds?: number;
  /** A round of each beforehand that does not count; left out only where every round is a process of its own. */
  warmUp?: boolean;
};

export type ArmResult = { name: string; median: number; min: number; max: number; ratio: number; rounds: number[] };
/** The figures of one round by the arm's name. */
export type Figures = Readonly<Record<string, number>>;
export type ComparisonResult = {
  title: string;
  unit: string;
  against: string;
  arms: ArmResult[];
  /** What others took of the machine meanwhile, and the rounds that were done again for it. */
  noise: Omit<Rounds<Figures>, 'kept'>;
};

/**
 * Measures all arms in one run: a warm-up round each, then `rounds` (default 5) with the arms in turn, every second round in
 * reverse order, so that a machine that slows down slows all of them. `ratio` is the median of the rounds' own ratios to the
 * arm `against`: noise that lasts longer than a round falls out of it. Noisy rounds are done again (quietRounds).
 */
export const measureArms = async (comparison: Comparison): Promise<ComparisonResult> => {
  const { arms, rounds = 5, warmUp = true } = comparison;
  if (warmUp) for (const arm of arms) await arm.round();
  return reportRounds(comparison, await quietRounds(rounds, inTurn(arms)));
};

/** A round of arms, the other way round every second time. */
const inTurn =
  (arms: readonly Arm[]) =>
  async (nth: number): Promise<Figures> => {
    const figures = new Map<string, number>(arms.map(({ name }) => [name, Number.NaN]));
    for (const arm of nth % 2 === 0 ? arms : arms.toReversed()) figures.set(arm.name, await arm.round());
    return Object.fromEntries(figures);
  };

type Heading = Pick<ComparisonResult, 'title' | 'unit' | 'against'>;

/** Rounds of several figures as a comparison of these. */
export const reportRounds = ({ title, unit, against }: Heading, rounds: Rounds<Figures>): ComparisonResult => {
  const { kept, ...noise } = rounds;
  const reference = kept.map((figures) => figures[against] ?? Number.NaN);
  return {
    title,
    unit,
    against,
    arms: Object.keys(kept[0] ?? {}).map((name) => {
      const list = kept.map((figures) => figures[name] ?? Number.NaN);
      return {
        name,
        median: median(list),
        min: Math.min(...list),
        max: Math.max(...list),
        ratio: median(list.map((figure, nth) => figure / (reference[nth] ?? Number.NaN))),
        rounds: list,
      };
    }),
    noise,
  };
};

/** Figures that came with the rounds of a comparison, by what they are of; each list has one figure per round. */
export const reportFigures = (
  title: string,
  unit: string,
  figures: Readonly<Record<string, number[]>>,
): ComparisonResult => {
  const [against = ''] = Object.keys(figures);
  const rounds = Math.max(...Object.values(figures).map(({ length }) => length));
  const kept = Array.from({ length: rounds }, (_, nth) =>
    Object.fromEntries(Object.entries(figures).map(([name, list]) => [name, list[nth] ?? Number.NaN])),
  );
  return reportRounds({ title, unit, against }, { kept, coresOfOthers: [], repeated: [] });
};

export const median = (list: readonly number[]): number => {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};
