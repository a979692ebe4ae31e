import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf } from '../invariants/chance.ts';
import { Tally, type LoadReport } from './load-report.ts';
import { lifeOf, type Step } from './order-life.ts';
import { sendCommand, type Sent } from './send-command.ts';

export type LoadSettings = {
  readonly commandUrl: string;
  readonly ratePerSecond: number;
  /** The same seed gives the same orders, and the same commands on each. */
  readonly seed: number;
  /** How long one request may take before it counts as unanswered and is sent again; 5 s when left out. */
  readonly answerWithinMs?: number;
  /** How long a command is sent again until its outcome is known; 120 s when left out. */
  readonly settleWithinMs?: number;
};

export type Load = {
  /** From now on; the commands that are under way stay. */
  readonly setRate: (perSecond: number) => void;
  readonly soFar: () => LoadReport;
  /** As `soFar`, and counts begin anew; what was promised to clients is kept. */
  readonly soFarAndAnew: () => LoadReport;
  /** No new commands; resolves when the outcome of every one is known, or given up. May be called twice. */
  readonly stop: () => Promise<LoadReport>;
};

type Life = { readonly n: number; readonly steps: readonly Step[]; at: number; orderId: string; version: number };

/** So many orders are kept open that the next command seldom finds all of them busy. */
const openOrders = 60;

/**
 * Sends commands on orders at a rate that does not wait for answers: each falls due at an instant drawn before (exponential
 * gaps), and latency counts from there, so that a system that stalls is not asked less ("coordinated omission").
 * An order has one command under way at a time. One that is not answered, or refused for want of room or of a server, is
 * sent again under the same Idempotency-Key until its outcome is known.
 */
export const startLoad = (settings: LoadSettings): Load => {
  const { seed, answerWithinMs = 5_000, settleWithinMs = 120_000 } = settings;
  const tally = new Tally();
  const chance = chanceOf(seed);
  const run = Date.now().toString(36);
  const idle: Life[] = [];
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  let rate = settings.ratePerSecond;
  let born = 0;
  let open = 0;

  const nextLife = (): Life => {
    const chosen = open < openOrders ? undefined : idle.splice(Math.floor(chance() * idle.length), 1)[0];
    if (chosen !== undefined) return chosen;
    open += 1;
    born += 1;
    return { n: born, steps: lifeOf(seed, born), at: 0, orderId: '', version: 0 };
  };

  const settle = async (life: Life, step: Step, dueAt: number): Promise<Sent | undefined> => {
    const request = {
      url: `${settings.commandUrl}/orders${life.orderId === '' ? '' : `/${life.orderId}`}${step.path}`,
      method: step.method,
      body: step.body,
      key: `${run}-${seed}-${life.n}-${life.at}`,
      withinMs: answerWithinMs,
    };
    for (let attempt = 0; performance.now() - dueAt < settleWithinMs; attempt += 1) {
      const sent = await sendCommand(request);
      tally.requests[sent.outcome] += 1;
      if (attempt === 0) tally.first[sent.outcome] += 1;
      if (sent.outcome === 'server error') tally.surprise(said(life, step, sent));
      if (sent.outcome === 'accepted' || sent.outcome === 'refused') {
        if (attempt === 0) tally.answered(performance.now() - dueAt);
        return sent;
      }
      await pause(Math.max(sent.retryAfterMs ?? 0, Math.min(15_000, 100 * 2 ** attempt)) * (0.75 + Math.random() / 2));
    }
    return undefined;
  };

  const giveUp = ({ orderId }: Life): void => {
    if (orderId !== '') tally.unsettled.add(orderId);
    open -= 1;
  };

  const carryOut = async (life: Life, dueAt: number): Promise<void> => {
    const step = life.steps[life.at];
    if (step === undefined) throw new Error('a life that is over was chosen');
    const sent = await settle(life, step, dueAt);
    if (sent === undefined) {
      giveUp(life);
      return;
    }
    tally.settled += 1;
    if (!isAsExpected(life, step, sent)) {
      tally.surprise(said(life, step, sent));
      giveUp(life);
      return;
    }
    if (sent.outcome === 'accepted') {
      life.orderId = sent.orderId ?? '';
      life.version = sent.version ?? 0;
      tally.accepted.set(life.orderId, life.version);
    }
    life.at += 1;
    if (life.at < life.steps.length) idle.push(life);
    else open -= 1;
  };

  const arrivals = async (): Promise<void> => {
    for (let dueAt = performance.now(); !stopping.signal.aborted; dueAt += (-Math.log(1 - chance()) * 1_000) / rate) {
      const early = dueAt - performance.now();
      if (early > 0) await pause(early, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isOver(stopping.signal)) return;
      tally.commands += 1;
      const work = carryOut(nextLife(), dueAt);
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    }
  };
  const arriving = arrivals();

  return {
    setRate: (perSecond) => {
      rate = perSecond;
    },
    soFar: () => tally.report(underWay.size),
    soFarAndAnew: () => {
      const report = tally.report(underWay.size);
      tally.beginAnew(underWay.size);
      return report;
    },
    stop: async () => {
      stopping.abort();
      await arriving;
      await Promise.all(underWay);
      return tally.report(underWay.size, true);
    },
  };
};

/** Each accepted command brings its order exactly as far as the rules say, also when it had to be sent again. */
const isAsExpected = (life: Life, step: Step, sent: Sent): boolean =>
  step.refusal === undefined
    ? sent.outcome === 'accepted' && sent.version === life.version + step.adds
    : sent.outcome === 'refused' && sent.code === step.refusal;

const said = (life: Life, step: Step, { status, code, version }: Sent): string =>
  `${step.method} /orders/${life.orderId}${step.path} at version ${life.version}: ${String(status)} ${code ?? ''} version ${String(version)}`;

/** Asked anew after every wait: a plain look at `aborted` is taken for settled by the compiler. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;
