import { httpCall, type Answer } from '../http-call.ts';

/** An event as order-command answers it; `data` has amounts in minor units and personal fields as text. */
export type HistoryEvent = {
  eventId: string;
  version: number;
  type: string;
  schemaVersion: number;
  storedSchemaVersion: number;
  occurredAt: string;
  recordedAt: string;
  actor: { id: string; role: string };
  data: Record<string, unknown>;
};

export type OrderState = { orderId: string; version: number; status: string } & Record<string, unknown>;

const pageSize = 200;

/** The write side as the tool reads it: over its own HTTP routes and no other way. Refusals become errors that say why. */
export const writeSide = (commandUrl: string) => {
  const get = async (path: string, accept = 'application/json'): Promise<Answer> => {
    const answer = await httpCall('GET', `${commandUrl}${path}`, undefined, { accept });
    if (answer.status === 200) return answer;
    const { code, detail } = answer.body as { code?: string; detail?: string };
    throw new Error(`${path}: ${[code, detail].filter(Boolean).join(', ') || `status ${answer.status}`}`);
  };
  return {
    timeline: async (orderId: string): Promise<string> =>
      (await get(`/orders/${orderId}/timeline`, 'text/plain')).body as string,

    stateAt: async (orderId: string, moment: { at: string } | { version: number }): Promise<OrderState> => {
      const query = 'at' in moment ? `at=${encodeURIComponent(moment.at)}` : `version=${moment.version}`;
      return (await get(`/orders/${orderId}?${query}`)).body as OrderState;
    },

    history: async (orderId: string, until = Infinity): Promise<HistoryEvent[]> => {
      const events: HistoryEvent[] = [];
      let next: string | null = '0';
      while (next !== null) {
        const { body } = await get(`/orders/${orderId}/events?after=${encodeURIComponent(next)}&limit=${pageSize}`);
        const page = body as { items: HistoryEvent[]; next: string | null };
        events.push(...page.items.filter(({ version }) => version <= until));
        next = (page.items.at(-1)?.version ?? Infinity) < until ? page.next : null;
      }
      return events;
    },
  };
};

export type WriteSide = ReturnType<typeof writeSide>;
