import { chanceOf } from '../invariants/chance.ts';
import { catalogue } from './fault-catalogue.ts';
import { faultKinds, type Fault, type FaultKind } from './fault.ts';
import { projectors } from './wires.ts';

/** How long an episode takes besides its harm, until everything has come back: for planning only. */
const recoveryMs = 6_000;
/** A part that has died is started again at once only if the time before it ran for as long as supervision wants. */
const sparedBeyondForgivenMs = 5_000;
const ends: readonly FaultKind[] = [
  'kill',
  'terminate',
  'kill at crash point',
  'restart postgres',
  'registry slow',
  'registry down',
  'registry wrong',
  'registry down for minutes',
  'drop slot',
  'advance slot',
  'fill disk',
];
const longest = 'registry down for minutes';
/** What may come on top of another fault. */
const light: readonly FaultKind[] = [
  'delay',
  'throttle',
  'cut',
  'reset',
  'end sessions',
  'lock table',
  'open transaction',
];

type Strike = { readonly kind: FaultKind; readonly target: string };

export type Drawn = {
  /** Nothing but these kinds; all when left out. */
  readonly kinds?: readonly FaultKind[];
  /** When supervision forgives a part its earlier deaths. */
  readonly forgivenAfterMs: number;
};

/**
 * The faults of a campaign: the same for the same seed and length. Every kind comes once before any comes twice, a part that
 * was ended is spared until supervision has forgiven it, one episode in five strikes two parts at once, and kills at crash
 * points strike all four projectors together.
 */
export const drawSchedule = (seed: number, minutes: number, drawn: Drawn): Fault[] => {
  const kinds = drawn.kinds ?? faultKinds;
  const lighter = light.filter((kind) => kinds.includes(kind));
  const sparedMs = drawn.forgivenAfterMs + sparedBeyondForgivenMs;
  const chance = chanceOf(seed);
  const sparedUntil = new Map<string, number>();
  const isFree = (target: string, atMs: number): boolean => (sparedUntil.get(partOf(target)) ?? 0) <= atMs;

  const strike = (kind: FaultKind, atMs: number): Strike[] => {
    const free = catalogue[kind].targets.filter((target) => isFree(target, atMs));
    const groups =
      kind === 'kill at crash point'
        ? projectors.map((name) => free.filter((target) => partOf(target) === name))
        : [free];
    return groups.flatMap((targets) => (targets.length === 0 ? [] : [{ kind, target: oneOf(targets, chance) }]));
  };
  const lengthOf = (kind: FaultKind): number => {
    const [least, most] = catalogue[kind].lengthMs;
    return Math.round(least + chance() * (most - least));
  };

  const halfTimeMs = halfTimeOf(minutes, kinds);
  // Of all kinds another is drawn at once; of a few, every target may be spared for a while.
  const nothingFreeMs = kinds.length < faultKinds.length ? 1_000 : 0;
  const faults: Fault[] = [];
  const bags = kindsInTurn(kinds, chance);
  for (let atMs = 3_000; atMs < minutes * 60_000;) {
    const isLongDue = atMs > halfTimeMs && !faults.some((one) => one.kind === longest);
    const kind = isLongDue ? longest : bags.next().value;
    const more = chance() < 0.2 ? lighter.slice(0, 1).flatMap(() => strike(oneOf(lighter, chance), atMs)) : [];
    const together = new Map([...more, ...strike(kind, atMs)].map((one) => [partOf(one.target), one]));
    const struck = [...together.values()].map((one) => ({ ...one, startMs: atMs, lengthMs: lengthOf(one.kind) }));
    for (const one of struck.filter(({ kind: of }) => ends.includes(of)))
      sparedUntil.set(partOf(one.target), atMs + sparedMs);
    faults.push(...struck);
    atMs += struck.length === 0 ? nothingFreeMs : longestOf(struck) + recoveryMs;
  }
  return faults;
};

/** When the longest kind is due; half an hour is the least that has room for it. */
const halfTimeOf = (minutes: number, kinds: readonly FaultKind[]): number =>
  minutes >= 30 && kinds.includes(longest) ? minutes * 30_000 : Infinity;

const longestOf = (faults: readonly Fault[]): number => Math.max(...faults.map(({ lengthMs }) => lengthMs));

/** The part that a fault strikes: of `analytics>kafka` it is analytics. */
export const partOf = (target: string): string =>
  target === 'fast' || target === 'immediate'
    ? 'postgres'
    : (target.split(/[>@=.]/u)[0] ?? target).replaceAll('_', '-');

/** Every kind once, then in the measure of their weights, in ever new orders. */
function* kindsInTurn(kinds: readonly FaultKind[], chance: () => number): Generator<FaultKind, never> {
  yield* shuffled(
    kinds.filter((kind) => kind !== longest || kinds.length === 1),
    chance,
  );
  const weighted = kinds.flatMap((kind) => Array.from({ length: catalogue[kind].weight }, () => kind));
  for (;;) yield* shuffled(weighted, chance);
}

const oneOf = <T>(list: readonly T[], chance: () => number): T => list[Math.floor(chance() * list.length)] as T;

const shuffled = <T>(list: readonly T[], chance: () => number): T[] =>
  list
    .map((one) => ({ one, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
