import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foldLife } from './fold-life.ts';
import type { AppProjection, Row } from './projection-port.ts';
import type { SampleLife } from './sample-lives.ts';

/** Rows by sample. */
type States = Readonly<Record<string, readonly Row[]>>;
type GoldenOfApp = Readonly<Record<string, States>>;

export type GoldenReview = {
  /** Projections that end in other rows than their golden state, or cannot read a sample; one line each. */
  readonly faults: readonly string[];
  /** Projections that have no golden state yet, as `app/projection`. */
  readonly missing: readonly string[];
};

const goldenFile = (schemasFolder: string, app: string): string => join(schemasFolder, 'golden', `${app}.json`);

const readGolden = (schemasFolder: string, app: string): GoldenOfApp => {
  const file = goldenFile(schemasFolder, app);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as GoldenOfApp) : {};
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What each life comes to, or why it cannot be read. */
const statesOf = ({ projection }: AppProjection, lives: readonly SampleLife[]): [string, readonly Row[] | string][] =>
  lives.map(({ name, events }) => {
    try {
      return [name, foldLife(projection, events)];
    } catch (error) {
      return [name, messageOf(error)];
    }
  });

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

const compare = (one: AppProjection, golden: States, lives: readonly SampleLife[]): string[] => {
  const name = `${one.app}/${one.projection.name}`;
  const states = statesOf(one, lives);
  const known = new Set(states.map(([sample]) => sample));
  const gone = Object.keys(golden).filter((sample) => !known.has(sample));
  return [
    ...states.flatMap(([sample, state]) => {
      if (typeof state === 'string') return [`${name} cannot read ${sample}: ${state}`];
      return same(state, golden[sample]) ? [] : [`${name} makes other rows of ${sample} than its golden state has`];
    }),
    ...gone.map((sample) => `${name} has a golden state of ${sample}, which is no longer there`),
  ];
};

/** Every projection over every sample, compared with schemas/golden. */
export const reviewGolden = (
  schemasFolder: string,
  projections: readonly AppProjection[],
  lives: readonly SampleLife[],
): GoldenReview => {
  const reviews = projections.map((one) => {
    const golden = readGolden(schemasFolder, one.app)[one.projection.name];
    const name = `${one.app}/${one.projection.name}`;
    return golden ? { faults: compare(one, golden, lives), missing: [] } : { faults: [], missing: [name] };
  });
  return { faults: reviews.flatMap(({ faults }) => faults), missing: reviews.flatMap(({ missing }) => missing) };
};

/** Writes what the projections make of the samples now as their golden states. Throws what one throws that cannot read a sample. */
export const acceptGolden = (
  schemasFolder: string,
  projections: readonly AppProjection[],
  lives: readonly SampleLife[],
): void => {
  for (const [app, ofApp] of Map.groupBy(projections, (one) => one.app)) {
    const golden = ofApp.map((one): [string, States] => {
      const states = lives.map(({ name, events }) => [name, foldLife(one.projection, events)]);
      return [one.projection.name, Object.fromEntries(states) as States];
    });
    const file = goldenFile(schemasFolder, app);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, goldenText(Object.fromEntries(golden)));
  }
};

/** One line per sample, so that a difference is one line too. */
const goldenText = (golden: GoldenOfApp): string => {
  const projections = Object.entries(golden).map(([name, states]) => {
    const samples = Object.entries(states).map(
      ([sample, rows]) => `    ${JSON.stringify(sample)}: ${JSON.stringify(rows)}`,
    );
    return `  ${JSON.stringify(name)}: {\n${samples.join(',\n')}\n  }`;
  });
  return `{\n${projections.join(',\n')}\n}\n`;
};
