import { viewStack } from '@orderline/local-stack';
import { readConfig } from '../config.ts';
import { ask } from '../projector-apps.ts';

/** The relay as its supervisor shows it, as far as the tool looks at it. */
export type Relay = {
  readonly state: 'flowing' | 'idle' | 'restarting' | 'stopped' | 'lost';
  readonly since: string;
  readonly advice: string | null;
  readonly connector: string;
  readonly task: string;
  readonly slot: { readonly active: boolean; readonly walStatus: string | null; readonly lagBytes: number } | null;
  readonly heartbeat: { readonly ageSeconds: number | null };
  readonly retainedBytes: number;
  readonly retainedLimitBytes: number | null;
  readonly restarts: number;
};

export type Healing = { readonly steps: readonly string[]; readonly relay: Relay };

/** The supervisor at the address given, else that of the local stack. Throws Refused, and an error where nobody answers. */
export const relayRoutes = (given: string | undefined) => {
  const { env, stack } = readConfig();
  const url = given ?? `http://127.0.0.1:${viewStack(stack, env).ports['relay-supervisor']}`;
  return {
    relay: () => ask<Relay>('GET', `${url}/relay`),
    heal: (dryRun: boolean) => ask<Healing>('POST', `${url}/relay/heal`, { dryRun }),
    healed: () => ask<Relay>('POST', `${url}/relay/healed`),
  };
};

export type RelayRoutes = ReturnType<typeof relayRoutes>;
