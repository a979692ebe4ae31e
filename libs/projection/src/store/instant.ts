// The years 1 to 9999: what a timestamptz holds and ISO 8601 writes with four digits. Kafka takes any number for a time.
const first = Date.UTC(2000, 0) - 63_082_281_600_000;
const last = Date.UTC(10_000, 0) - 1;

/** True for epoch milliseconds that a timestamptz can hold. */
export const isStorable = (at: number): boolean => at > first && at < last;

/** The nearest that a timestamptz can hold; where that is another, it is not storable itself, so that it stays told apart. */
export const nearestStorable = (at: number): number => Math.min(Math.max(at, first), last);
