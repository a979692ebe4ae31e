import type { Effort } from './effort.ts';
import type { ComparisonResult } from './measure-arms.ts';
import { measureRelay } from './relay/measure-relay.ts';
import { withStack } from './stack/with-stack.ts';

/** From a commit to its record in Kafka, the relay alone: servers without apps. Two minutes and a half for a round. */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withStack({ apps: [] }, ({ addresses }) =>
    measureRelay(
      addresses,
      { rounds: effort.rounds, rate: effort.rate, seconds: 5 * effort.seconds, backlog: effort.events / 10 },
      report,
    ),
  );
