/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const chanceOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** ORDERLINE_SEED where it is set, to run again what failed; else another one each time. Said in the output. */
export const seedOfRun = (what: string): number => {
  const seed = Number(process.env['ORDERLINE_SEED'] ?? Date.now() % 1_000_000);
  console.log(`${what}: ORDERLINE_SEED=${seed}`);
  return seed;
};
