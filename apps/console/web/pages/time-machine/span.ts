/** How far back the chart goes. */
export const spans = [
  { name: 'Last 15 minutes', minutes: 15 },
  { name: 'Last hour', minutes: 60 },
  { name: 'Last 6 hours', minutes: 360 },
  { name: 'Last day', minutes: 1_440 },
  { name: 'Last 7 days', minutes: 10_080 },
  { name: 'Last 30 days', minutes: 43_200 },
] as const;

export type Span = { from: string; to: string };

/** Ends at the second that `now` is in: the future has no counts. */
export const spanOf = (minutes: number, now: number): Span => {
  const to = Math.floor(now / 1_000) * 1_000;
  return { from: new Date(to - minutes * 60_000).toISOString(), to: new Date(to).toISOString() };
};

/** An instant picked on the chart, never outside of what it shows. */
export const within = ({ from, to }: Span, millis: number): string => {
  const [first, last] = [new Date(from).getTime(), new Date(to).getTime()];
  return new Date(Math.min(last, Math.max(first, Math.round(millis)))).toISOString();
};
