import { setTimeout as pause } from 'node:timers/promises';
import type { PartNews } from '../parts/supervised-part.ts';

const everyMs = 2_000;

type Relay = { readonly state: string; readonly advice: string | null };

/** Prints what the relay's supervisor tells, when it changes, until `signal` aborts. One that does not answer says nothing. */
export const watchRelay = async (
  supervisorUrl: string,
  { onNews, signal }: { onNews: (news: PartNews) => void; signal: AbortSignal },
): Promise<void> => {
  let told: string | undefined;
  while (await passed(everyMs, signal)) {
    const relay = await askRelay(supervisorUrl);
    if (relay === undefined) continue;
    const isWell = relay.state === 'flowing' || relay.state === 'idle';
    if (isWell && told !== undefined) onNews({ kind: 'back', part: 'relay' });
    if (!isWell && told !== relay.state) onNews({ kind: 'trouble', part: 'relay', why: sayWhy(relay) });
    told = isWell ? undefined : relay.state;
  }
};

const sayWhy = ({ state, advice }: Relay): string => `the relay is ${state}: ${advice ?? ''}`;

/** What `GET /relay` of the supervisor answers, as far as it is looked at here; undefined where nobody answers. */
export const askRelay = async (supervisorUrl: string): Promise<Relay | undefined> => {
  try {
    const response = await fetch(`${supervisorUrl}/relay`, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? ((await response.json()) as Relay) : undefined;
  } catch {
    return undefined;
  }
};

/** False when `signal` aborted first. */
const passed = (ms: number, signal: AbortSignal): Promise<boolean> =>
  pause(ms, undefined, { signal }).then(
    () => true,
    () => false,
  );
