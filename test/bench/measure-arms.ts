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
export type ComparisonResult = { title: string; unit: string; against: string; arms: ArmResult[] };

/**
 * Measures all arms in one run: a warm-up round each, then `rounds` (default 5) with the arms in turn, every second round in
 * reverse order, so that a machine that slows down slows all of them. `ratio` is the median of the rounds' own ratios to the
 * arm `against`: noise that lasts longer than a round falls out of it.
 */
export const measureArms = async ({
  title,
  unit,
  arms,
  against,
  rounds = 5,
  warmUp = true,
}: Comparison): Promise<ComparisonResult> => {
  if (warmUp) for (const arm of arms) await arm.round();
  const figures = new Map<string, number[]>(arms.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const arm of round % 2 === 0 ? arms : arms.toReversed()) figures.get(arm.name)?.push(await arm.round());
  }
  return compared(figures, { title, unit, against });
};

/** Figures that came with the rounds of a comparison, by what they are of; each list has one figure per round. */
export const reportFigures = (
  title: string,
  unit: string,
  figures: Readonly<Record<string, number[]>>,
): ComparisonResult =>
  compared(new Map(Object.entries(figures)), { title, unit, against: Object.keys(figures)[0] ?? '' });

const compared = (
  figures: ReadonlyMap<string, number[]>,
  { title, unit, against }: Pick<ComparisonResult, 'title' | 'unit' | 'against'>,
): ComparisonResult => {
  const reference = figures.get(against) ?? [];
  return {
    title,
    unit,
    against,
    arms: [...figures].map(([name, list]) => ({
      name,
      median: median(list),
      min: Math.min(...list),
      max: Math.max(...list),
      ratio: median(list.map((figure, i) => figure / (reference[i] ?? Number.NaN))),
      rounds: list,
    })),
  };
};

const median = (list: number[]): number => {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};

/** The result as a table: median, spread over the rounds, ratio to the arm it is set against. */
export const printComparison = ({ title, unit, against, arms }: ComparisonResult): string => {
  const rows = [
    ['', `median ${unit}`, 'min', 'max', `× ${against}`],
    ...arms.map(({ name, median: middle, min, max, ratio }) => [
      name,
      ...[middle, min, max].map(figure),
      ratio.toFixed(2),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  return [title, ...lines].join('\n');
};

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
