/** The UTC day of an instant in epoch milliseconds, as `YYYY-MM-DD`. */
export const utcDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
