import type { Effort } from './effort.ts';
import type { ComparisonResult } from './measure-arms.ts';
import { setConnector } from './relay/connector.ts';
import { measureRelay } from './relay/measure-relay.ts';
import { withStack } from './stack/with-stack.ts';

/** From a commit to its record in Kafka, the relay alone: servers without apps, and without the stack's own relay. */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withStack({ apps: [] }, async ({ addresses }) => {
    await setConnector(addresses.connectUrl, 'orderline-outbox', 'stop');
    const { rounds, rate } = effort;
    const backlog = Math.ceil(effort.events / 10);
    await measureRelay(addresses, { rounds, rate, seconds: 5 * effort.seconds, backlog }, report);
  });
