import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { chanceOf } from '../lives/chance.ts';
import { everyPath } from '../lives/every-path.ts';
import type { Step } from '../lives/step.ts';
import { tradeOf, type Trade } from '../lives/trade.ts';
import { dueInstants } from './due.ts';
import { isAsExpected, type Answers } from './is-as-expected.ts';
import { OpenOrders, type Life } from './open-orders.ts';
import { sendCommand, type Sent } from './send-command.ts';
import { Tally, type LoadReport, type Tick } from './tally.ts';

export type LoadSettings = {
  readonly commandUrl: string;
  /** Commands; `setRate` changes it. */
  readonly ratePerSecond: number;
  /** The same seed gives the same orders, and the same commands on each. */
  readonly seed: number;
  /** Orders of a delivery service; when left out, every path of an order's life as often as any other. */
  readonly trade?: Trade;
  /** So many orders have steps to come, once the load has gone on for long enough; 60 when left out. */
  readonly openOrders?: number;
  /** Most connections to the service; a command that has to wait for one is late. As many as it takes when left out. */
  readonly connections?: number;
  /** How long one request may take before it counts as unanswered and is sent again; 5 s when left out. */
  readonly answerWithinMs?: number;
  /** How long a command is sent again until its outcome is known; 120 s when left out. */
  readonly settleWithinMs?: number;
  /** How many of the accepted commands are told of, drawn at random; none when left out. */
  readonly samplesPerSecond?: number;
};

/** A version that a command has just added to an order. */
export type Accepted = {
  readonly orderId: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
  readonly customerId: string;
  readonly restaurantId: string;
};

export type Load = {
  /** From now on; the commands that are under way stay. */
  readonly setRate: (perSecond: number) => void;
  readonly soFar: () => LoadReport;
  /** As `soFar`, and counts begin anew; what was promised to clients is kept. */
  readonly soFarAndAnew: () => LoadReport;
  readonly tick: () => Tick;
  /** No new commands; resolves when the outcome of every one is known, or given up. May be called twice. */
  readonly stop: () => Promise<LoadReport>;
};

/**
 * Sends commands on orders at a rate that does not wait for answers: each falls due at an instant drawn before (exponential
 * gaps), and latency counts from there, so that a system that stalls is not asked less ("coordinated omission").
 * An order has one command under way at a time, or two that contend for it. One that is not answered, or refused for want of
 * room or of a server, is sent again under the same Idempotency-Key until its outcome is known.
 */
export const startLoad = (settings: LoadSettings, onSample: (accepted: Accepted) => void = () => undefined): Load => {
  const traffic = new Traffic(settings, onSample);
  return {
    setRate: (perSecond) => {
      traffic.rate = perSecond;
    },
    soFar: () => traffic.tally.report(traffic.underWay),
    soFarAndAnew: () => {
      const report = traffic.tally.report(traffic.underWay);
      traffic.tally.beginAnew(traffic.underWay);
      return report;
    },
    tick: () => traffic.tally.tick(traffic.underWay),
    stop: () => traffic.stop(),
  };
};

class Traffic {
  readonly tally = new Tally();
  rate: number;
  readonly #settings: LoadSettings;
  readonly #onSample: (accepted: Accepted) => void;
  readonly #run = Date.now().toString(36);
  readonly #orders: OpenOrders;
  readonly #agent: Agent;
  readonly #underWay = new Set<Promise<void>>();
  readonly #arriving: Promise<void>;
  #isOver = false;
  #stopped: Promise<LoadReport> | undefined;

  constructor(settings: LoadSettings, onSample: (accepted: Accepted) => void) {
    const { seed, trade, openOrders = 60, connections, ratePerSecond } = settings;
    const chance = chanceOf(seed);
    const lifeOf = trade === undefined ? (n: number) => everyPath(seed, n) : tradeOf(seed, trade);
    this.#settings = settings;
    this.#onSample = onSample;
    this.#orders = new OpenOrders({ lifeOf, chance, most: openOrders });
    this.#agent = new Agent({ ...(connections !== undefined && { connections }) });
    this.rate = ratePerSecond;
    this.#arriving = this.#arrivals(chance);
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  stop(): Promise<LoadReport> {
    this.#isOver = true;
    return (this.#stopped ??= this.#end());
  }

  async #end(): Promise<LoadReport> {
    await this.#arriving;
    await Promise.all(this.#underWay);
    await this.#agent.destroy();
    return this.tally.report(0, true);
  }

  async #arrivals(chance: () => number): Promise<void> {
    for await (const dueAt of dueInstants({ chance, rate: () => this.rate, isOver: () => this.#isOver })) {
      this.tally.late.record(performance.now() - dueAt);
      const work = this.#carryOut(this.#orders.take(), dueAt);
      this.#underWay.add(work);
      void work.finally(() => this.#underWay.delete(work));
    }
  }

  async #carryOut(life: Life, dueAt: number): Promise<void> {
    const step = life.steps[life.at];
    if (step === undefined) throw new Error('a life that is over was chosen');
    const answers = await this.#settleAll(life, step, dueAt);
    if (answers !== undefined && isAsExpected(life.version, step, answers)) {
      this.#accept(life, newest(answers));
      life.at += 1;
      this.#orders.giveBack(life);
      return;
    }
    if (answers !== undefined) this.tally.surprise(said(life, step, answers));
    if (life.orderId !== '') this.tally.unsettled.add(life.orderId);
    this.#orders.giveUp();
  }

  /** Undefined where one outcome was not to be learned. */
  async #settleAll(life: Life, step: Step, dueAt: number): Promise<Answers | undefined> {
    if (step.rival === undefined) {
      const sent = await this.#settle(life, step, dueAt);
      return sent && [sent];
    }
    const both = [this.#settle(life, step, dueAt), this.#settle(life, step.rival, dueAt)] as const;
    const [own, other] = await Promise.all(both);
    return own && other && [own, other];
  }

  #accept(life: Life, { orderId = '', version = 0, recordedAt, customerId = '', restaurantId = '' }: Sent): void {
    if (version <= life.version) return;
    this.tally.events += version - life.version;
    this.tally.accepted.set(orderId, version);
    life.orderId = orderId;
    life.version = version;
    const share = (this.#settings.samplesPerSecond ?? 0) / this.rate;
    if (recordedAt === undefined || Math.random() >= share) return;
    this.#onSample({ orderId, version, recordedAt, customerId, restaurantId });
  }

  /** Undefined where its outcome was not to be learned. */
  async #settle(life: Life, step: Step, dueAt: number): Promise<Sent | undefined> {
    const { answerWithinMs = 5_000, settleWithinMs = 120_000 } = this.#settings;
    const request = { ...this.#requestOf(life, step), withinMs: answerWithinMs };
    this.tally.commands += 1;
    for (let attempt = 0; performance.now() - dueAt < settleWithinMs; attempt += 1) {
      const sent = await sendCommand(request, this.#agent);
      this.tally.requests[sent.outcome] += 1;
      if (attempt === 0) this.tally.first[sent.outcome] += 1;
      if (sent.outcome === 'server error') this.tally.surprise(said(life, step, [sent]));
      if (sent.outcome === 'accepted' || sent.outcome === 'refused') {
        const tookMs = performance.now() - dueAt;
        if (attempt === 0) this.tally.answered.record(tookMs);
        this.tally.settledIn.record(tookMs);
        this.tally.settled += 1;
        return sent;
      }
      await pause(Math.max(sent.retryAfterMs ?? 0, Math.min(15_000, 100 * 2 ** attempt)) * (0.75 + Math.random() / 2));
    }
    return undefined;
  }

  #requestOf({ n, at, orderId, steps }: Life, step: Step) {
    const place = step.creates === true ? '' : `/${orderId}`;
    const nth = step.again === true ? at - 1 : at;
    return {
      url: `${this.#settings.commandUrl}/orders${place}${step.path}`,
      method: step.method,
      body: step.body,
      key: `${this.#run}-${this.#settings.seed}-${n}-${nth}${step === steps[at]?.rival ? '-rival' : ''}`,
      ifMatch: step.ifMatch,
    };
  }
}

/** A refusal has no version. */
const newest = ([own, other = own]: Answers): Sent => ((other.version ?? 0) > (own.version ?? 0) ? other : own);

const said = (life: Life, step: Step, answers: Answers): string => {
  const told = answers.map(({ status, code, version }) => `${String(status)} ${code ?? ''} version ${String(version)}`);
  return `${step.method} /orders/${life.orderId}${step.path} at version ${life.version}: ${told.join(' and ')}`;
};
