import type { Effort } from './effort.ts';
import type { ComparisonResult } from './measure-arms.ts';
import { setConnector } from './relay/connector.ts';
import { measureShards } from './relay/measure-shards.ts';
import { withStack } from './stack/with-stack.ts';

/** What an event costs with one orders database and with two: servers without apps, and without the stack's own relay. */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withStack({ apps: [] }, async ({ addresses, parts }) => {
    await setConnector(addresses.connectUrl, 'orderline-outbox', 'stop');
    const counted = parts().filter(({ name }) => name !== 'registry');
    const processes = Object.fromEntries(counted.map(({ name, pid }) => [name, pid ?? Number.NaN]));
    const { rounds, rate } = effort;
    await measureShards({ ...addresses, processes }, { rounds, rate, seconds: 5 * effort.seconds }, report);
  });
