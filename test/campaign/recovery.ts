import { setTimeout as pause } from 'node:timers/promises';
import { sendCommand } from '@orderline/load';
import type { Stack } from '@orderline/local-stack';
import { projectors } from './wires.ts';

export type Recovery = {
  readonly isRecovered: boolean;
  /** From the call until an order taken after it was in all four read models and every part answered. */
  readonly tookMs: number;
  /** When each step of that was done. */
  readonly steps: Readonly<Record<string, number>>;
  /** What was still amiss, where it has not recovered in time. */
  readonly amiss: string | undefined;
};

const giveUpMs = 120_000;

/** Waits until the whole pipeline works again: a new order goes through it, and every part says that it can do its work. */
export const recovery = async (stack: Stack, giveUpAfterMs = giveUpMs): Promise<Recovery> => {
  const begun = performance.now();
  const steps: Record<string, number> = {};
  const amiss = new Map<string, string>();
  const until = async (step: string, attempt: () => Promise<string | undefined>): Promise<boolean> => {
    while (performance.now() - begun < giveUpAfterMs) {
      const wrong = await attempt().catch((error: unknown) => String(error));
      if (wrong === undefined) {
        steps[step] = Math.round(performance.now() - begun);
        amiss.delete(step);
        return true;
      }
      amiss.set(step, wrong);
      await pause(50);
    }
    return false;
  };
  const order = { orderId: '' };
  await until('command', () => newOrder(stack, order));
  await Promise.all([
    ...projectors.map((name) => until(name, () => shown(stack, name, order.orderId))),
    ...answering(stack).map(([name, url]) => until(`${name} answers`, () => answers(url))),
    until('processes', () => Promise.resolve(allRunning(stack))),
  ]);
  return {
    isRecovered: amiss.size === 0,
    tookMs: Math.round(performance.now() - begun),
    steps,
    amiss: amiss.size === 0 ? undefined : [...amiss].map(([step, wrong]) => `${step}: ${wrong}`).join('; '),
  };
};

const newOrder = async ({ urls }: Stack, order: { orderId: string }): Promise<string | undefined> => {
  const items = [{ sku: 'probe', name: 'Probe', quantity: 1, unitPrice: '1.00' }];
  const sent = await sendCommand({
    url: `${urls['order-command'] ?? ''}/orders`,
    method: 'POST',
    body: { customerId: 'c-probe', restaurantId: 'r-probe', currency: 'USD', items },
    key: `probe-${performance.timeOrigin}-${performance.now()}`,
    withinMs: 3_000,
  });
  order.orderId = sent.orderId ?? '';
  return sent.outcome === 'accepted' ? undefined : `${sent.outcome} ${sent.code ?? ''}`;
};

/** The projector itself says that it has come to version 1 of the order, in everything that it serves. */
const shown = async ({ urls }: Stack, projector: string, orderId: string): Promise<string | undefined> => {
  const response = await fetch(`${urls[projector] ?? ''}/projections`, {
    headers: { 'x-order-id': orderId, 'x-event-version': '1', prefer: 'wait=1' },
    signal: AbortSignal.timeout(3_000),
  });
  const said = await response.text();
  return response.status === 200 ? undefined : `${response.status} ${said.slice(0, 200)}`;
};

const answering = ({ urls, addresses }: Stack): [string, string][] => [
  ...Object.entries(urls).map(([name, url]): [string, string] => [name, `${url}/health/ready`]),
  ['connect', `${addresses.connectUrl}/connectors`],
  ['registry', `${addresses.registryUrl}/subjects`],
];

const answers = async (url: string): Promise<string | undefined> => {
  const { status } = await fetch(url, { signal: AbortSignal.timeout(3_000) });
  return status === 200 ? undefined : String(status);
};

const allRunning = (stack: Stack): string | undefined => {
  const down = stack.parts().filter(({ state }) => state !== 'running');
  return down.length === 0 ? undefined : down.map(({ name, state }) => `${name} ${state}`).join(', ');
};
