/** Every way of doing harm that the campaign knows. */
export const faultKinds = [
  'kill',
  'freeze',
  'terminate',
  'kill at crash point',
  'restart postgres',
  'kill backend',
  'end sessions',
  'lock table',
  'open transaction',
  'delay',
  'throttle',
  'stall',
  'cut',
  'reset',
  'half-open',
  'registry slow',
  'registry down',
  'registry wrong',
  'registry down for minutes',
  'drop slot',
  'advance slot',
  'fill disk',
  'step clock',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A fault as data: what is done to whom, when and for how long. A schedule of them can be run again. */
export type Fault = {
  readonly kind: FaultKind;
  /** A part (`kafka`), a connection (`analytics>postgres`), a table (`analytics.revenue`) or a way (`immediate`). */
  readonly target: string;
  /** On the schedule's clock, which stands still while a recovery takes longer than planned. */
  readonly startMs: number;
  /** From the first harm to the last; 0 for what is done in an instant. */
  readonly lengthMs: number;
};

/** Faults that begin together. Recovery is waited for once, after the last of them. */
export type Episode = { readonly startMs: number; readonly faults: readonly Fault[] };

/** Faults that have the same start are one episode. */
export const episodesOf = (faults: readonly Fault[]): Episode[] => {
  const byStart = Map.groupBy(
    faults.toSorted((a, b) => a.startMs - b.startMs),
    ({ startMs }) => startMs,
  );
  return [...byStart].map(([startMs, together]) => ({ startMs, faults: together }));
};
