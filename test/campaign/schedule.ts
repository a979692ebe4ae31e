import { chanceOf } from '../invariants/chance.ts';
import { catalogue } from './fault-catalogue.ts';
import { faultKinds, type Fault, type FaultKind } from './fault.ts';
import { projectors } from './wires.ts';

/** How long an episode takes besides its harm, until everything has come back: for planning only. */
const recoveryMs = 6_000;
/** A part that has died is started again at once only if the time before it ran for a minute. */
const sparedMs = 65_000;
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
/** Half an hour is the least that has room for it. */
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

/**
 * The faults of a campaign: the same for the same seed and length. Every kind comes once before any comes twice, a part that
 * was ended is spared for a minute, one episode in five strikes two parts at once, and kills at crash points strike all four
 * projectors together.
 */
export const drawSchedule = (seed: number, minutes: number): Fault[] => {
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

  const faults: Fault[] = [];
  const bags = kindsInTurn(chance);
  for (let atMs = 3_000; atMs < minutes * 60_000;) {
    const isHalfTime = minutes >= 30 && atMs > minutes * 30_000 && !faults.some((one) => one.kind === longest);
    const kind = isHalfTime ? longest : bags.next().value;
    const more = chance() < 0.2 ? strike(oneOf(light, chance), atMs) : [];
    const together = new Map([...more, ...strike(kind, atMs)].map((one) => [partOf(one.target), one]));
    const struck = [...together.values()].map((one) => ({ ...one, startMs: atMs, lengthMs: lengthOf(one.kind) }));
    for (const one of struck) if (ends.includes(one.kind)) sparedUntil.set(partOf(one.target), atMs + sparedMs);
    faults.push(...struck);
    if (struck.length > 0) atMs += Math.max(...struck.map(({ lengthMs }) => lengthMs)) + recoveryMs;
  }
  return faults;
};

/** The part that a fault strikes: of `analytics>kafka` it is analytics. */
export const partOf = (target: string): string =>
  target === 'fast' || target === 'immediate'
    ? 'postgres'
    : (target.split(/[>@=.]/u)[0] ?? target).replaceAll('_', '-');

/** Every kind once, then in the measure of their weights, in ever new orders. */
function* kindsInTurn(chance: () => number): Generator<FaultKind, never> {
  yield* shuffled(
    faultKinds.filter((kind) => kind !== longest),
    chance,
  );
  const weighted = faultKinds.flatMap((kind) => Array.from({ length: catalogue[kind].weight }, () => kind));
  for (;;) yield* shuffled(weighted, chance);
}

const oneOf = <T>(list: readonly T[], chance: () => number): T => list[Math.floor(chance() * list.length)] as T;

const shuffled = <T>(list: readonly T[], chance: () => number): T[] =>
  list
    .map((one) => ({ one, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
