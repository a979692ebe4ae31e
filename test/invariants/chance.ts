export { chanceOf } from '@orderline/load';

/** ORDERLINE_SEED where it is set, to run again what failed; else another one each time. Said in the output. */
export const seedOfRun = (what: string): number => {
  const seed = Number(process.env['ORDERLINE_SEED'] ?? Date.now() % 1_000_000);
  console.log(`${what}: ORDERLINE_SEED=${seed}`);
  return seed;
};
