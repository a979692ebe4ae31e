import { Agent, request } from 'undici';
import { Latency } from '../traffic/latency.ts';
import type { Accepted } from '../traffic/start-load.ts';

/** A projector that can be asked over HTTP. */
export type ProjectorAddress = { readonly name: string; readonly url: string };

export type Visibility = {
  /** Asks every projector for this version, and waits for it. */
  readonly look: (accepted: Accepted) => void;
  /** From the instant an event was recorded until a reader who asked for it had it, by projector. */
  readonly delays: ReadonlyMap<string, Latency>;
  /** Reads that went wrong, by projector and what was answered. */
  readonly troubles: ReadonlyMap<string, number>;
  /** Versions that were not to be seen for as long as one asked. */
  readonly unseen: () => readonly string[];
  /** Resolves when every question has its answer. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const waitSeconds = 30;
const giveUpMs = 120_000;

/** What a reader asks of each of our own; of anybody else's how far it has come with the order. */
const questions: Readonly<Record<string, (accepted: Accepted) => string>> = {
  'order-summary': ({ orderId }) => `/orders/${orderId}`,
  'restaurant-dashboard': ({ restaurantId }) => `/restaurants/${restaurantId}/dashboard`,
  'customer-history': ({ customerId }) => `/customers/${customerId}/orders?limit=1`,
  analytics: () => '/status-counts',
};

/**
 * Reads as a client does that wants to see what it has just written: with the version and `Prefer: wait`, over HTTP. The time
 * counts from the record to the whole answer, and is never less than asking takes. One that does not come is asked for again,
 * and none is left out because others are late.
 */
export const watchVisibility = (projectors: readonly ProjectorAddress[]): Visibility => {
  const agent = new Agent({ headersTimeout: 2 * waitSeconds * 1_000 });
  const delays = new Map(projectors.map(({ name }) => [name, new Latency()]));
  const troubles = new Map<string, number>();
  const unseen: string[] = [];
  const looking = new Set<Promise<void>>();
  const stopping = new AbortController();
  const note = (what: string): void => void troubles.set(what, (troubles.get(what) ?? 0) + 1);

  const lookAt = async ({ name, url }: ProjectorAddress, accepted: Accepted): Promise<void> => {
    const { orderId, version, recordedAt } = accepted;
    const path = questions[name]?.(accepted) ?? `/receipts/${orderId}`;
    const headers = { 'x-order-id': orderId, 'x-event-version': String(version), prefer: `wait=${waitSeconds}` };
    while (Date.now() - recordedAt < giveUpMs) {
      const answer = await request(`${url}${path}`, { dispatcher: agent, headers, signal: stopping.signal });
      await answer.body.dump();
      if (answer.statusCode === 200) {
        delays.get(name)?.record(Date.now() - recordedAt);
        return;
      }
      if (answer.statusCode !== 202) throw new Error(`answered ${answer.statusCode}`);
    }
    unseen.push(`order ${orderId} version ${version} was not to be seen in ${name} for ${giveUpMs / 1_000} s`);
  };

  return {
    delays,
    troubles,
    unseen: () => unseen,
    look: (accepted) => {
      for (const projector of projectors) {
        const work = lookAt(projector, accepted).catch((error: unknown) => {
          if (!stopping.signal.aborted)
            note(`${projector.name}: ${error instanceof Error ? error.message : 'unknown'}`);
        });
        looking.add(work);
        void work.finally(() => looking.delete(work));
      }
    },
    settled: async () => {
      await Promise.all(looking);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(looking);
      await agent.destroy();
    },
  };
};
