import { setTimeout as pause } from 'node:timers/promises';
import { countDeath, restartDelayMs } from '../parts/back-off.ts';
import type { PartNews } from '../parts/supervised-part.ts';
import type { Addresses } from '../stack/addresses.ts';
import { askForRestart, isRelayAtWork, relayStatus, type RelayStatus } from './relay.ts';

const everyMs = 2_000;

/**
 * Starts a connector whose task has failed again, with back-off, until `signal` aborts: Connect leaves it failed for ever.
 * A worker that is away is not its business, the worker's own supervision brings it back and the connector with it.
 */
export const watchRelay = async (
  addresses: Addresses,
  { onNews, signal }: { onNews: (news: PartNews) => void; signal: AbortSignal },
): Promise<void> => {
  let failures = 0;
  let isDown = false;
  for (let since = performance.now(); await passed(everyMs, signal);) {
    const status = await relayStatus(addresses);
    if (hasFailed(status)) {
      failures = countDeath(failures, performance.now() - since);
      const retryInMs = restartDelayMs(failures);
      onNews({ kind: 'died', part: 'relay', why: `relay failed: ${firstLines(status)}`, retryInMs });
      await passed(retryInMs, signal);
      await askForRestart(addresses);
      since = performance.now();
      isDown = true;
    } else if (isDown && (await isRelayAtWork(addresses))) {
      onNews({ kind: 'back', part: 'relay' });
      isDown = false;
    }
  }
};

const hasFailed = ({ connector, task }: RelayStatus): boolean => connector === 'FAILED' || task === 'FAILED';

const firstLines = ({ trace }: RelayStatus): string =>
  (trace ?? 'the connector itself')
    .split('\n')
    .filter((line) => !/^\t(at |\.\.\. )/u.test(line))
    .slice(0, 4)
    .join('\n    ');

/** False when `signal` aborted first. */
const passed = (ms: number, signal: AbortSignal): Promise<boolean> =>
  pause(ms, undefined, { signal }).then(
    () => true,
    () => false,
  );
