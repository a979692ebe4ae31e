import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { launch, type Exit, type Launched } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { writePidFile } from '../processes/pid-file.ts';
import { send, stopProcess } from '../processes/stop-process.ts';
import { waitUntil } from '../processes/wait-until.ts';
import { countDeath, restartDelayMs } from './back-off.ts';
import type { Part } from './part.ts';

export type PartState = 'stopped' | 'starting' | 'running' | 'waiting to restart';
export type PartNews =
  | { readonly kind: 'died'; readonly part: string; readonly why: string; readonly retryInMs: number }
  | { readonly kind: 'back'; readonly part: string }
  | { readonly kind: 'trouble'; readonly part: string; readonly why: string };

export type Surroundings = {
  readonly logFile: string;
  readonly pidFile: string;
  /** How long a part must have run for its earlier deaths to be forgotten. */
  readonly forgivenAfterMs?: number;
  readonly onNews: (news: PartNews) => void;
};

/** Runs one part as a process of its own, and keeps it running. */
export class SupervisedPart {
  readonly name: string;
  readonly logFile: string;
  readonly #part: Part;
  readonly #around: Surroundings;
  #state: PartState = 'stopped';
  #child: Launched | undefined;
  #restarts = 0;
  #watching = new AbortController();
  #watch: Promise<void> = Promise.resolve();

  constructor(part: Part, around: Surroundings) {
    this.name = part.name;
    this.logFile = around.logFile;
    this.#part = part;
    this.#around = around;
  }

  state(): { state: PartState; pid: number | undefined; restarts: number } {
    return { state: this.#state, pid: this.#child?.pid, restarts: this.#restarts };
  }

  /** Starts it and resolves when it is ready. From then on, whenever it dies it is started again. Throws with the reason. */
  async start(signal?: AbortSignal): Promise<void> {
    this.#watching = new AbortController();
    const watching = this.#watching.signal;
    const child = await this.#launch();
    try {
      await this.#untilReady(child, signal === undefined ? watching : AbortSignal.any([signal, watching]));
    } catch (error) {
      await this.#end();
      throw error;
    }
    this.#watch = this.#keepRunning(child, watching);
  }

  /** Stops it for good, or until `start`; no process is left. */
  async stop(): Promise<void> {
    this.#watching.abort(new Error(`${this.name} was stopped`));
    await this.#end();
    await this.#watch;
    await this.#end(); // what a restart under way had just launched
  }

  /** Stops and starts it; resolves when it is ready again. */
  async restart(): Promise<void> {
    await this.stop();
    this.#restarts += 1;
    await this.start();
  }

  /** Sends the process a signal, and leaves the rest to supervision. */
  kill(signal: NodeJS.Signals): void {
    if (this.#child === undefined || !send(this.#child, signal)) throw new Error(`${this.name} is not running`);
  }

  /** Asks the process to end without waiting for it: all that can be done while this one exits. */
  abandon(): void {
    if (this.#child !== undefined) send(this.#child, this.#part.stop.signal);
  }

  async #launch(): Promise<Launched> {
    this.#state = 'starting';
    const child = await launch(await this.#part.prepare(), this.logFile);
    writePidFile(this.#around.pidFile, { ...child, ...this.#part.stop });
    this.#child = child;
    return child;
  }

  async #untilReady(child: Launched, signal: AbortSignal): Promise<void> {
    const { name, readyWithinMs } = this.#part;
    const ask = async (): Promise<boolean> => child.hasExited() || (await this.#part.isReady());
    const ready = await waitUntil(ask, { withinMs: readyWithinMs, signal });
    if (child.hasExited()) throw new Error(this.#whyItDied(await child.exited));
    if (!ready)
      throw new Error(`${name} runs but was not ready within ${readyWithinMs / 1_000} s; log: ${this.logFile}`);
    this.#state = 'running';
  }

  async #keepRunning(first: Launched, signal: AbortSignal): Promise<void> {
    let deaths = 0;
    for (let child = first; ;) {
      const since = performance.now();
      const exit = await child.exited;
      if (isOver(signal)) return;
      deaths = countDeath(deaths, performance.now() - since, this.#around.forgivenAfterMs);
      this.#state = 'waiting to restart';
      const retryInMs = restartDelayMs(deaths);
      this.#around.onNews({ kind: 'died', part: this.name, why: this.#whyItDied(exit), retryInMs });
      await pause(retryInMs, undefined, { signal }).catch(() => undefined);
      child = await this.#startAgain(child, signal);
    }
  }

  /** A start that fails is ended, so that it is met as the next death. */
  async #startAgain(dead: Launched, signal: AbortSignal): Promise<Launched> {
    if (isOver(signal)) return dead;
    try {
      const child = await this.#launch();
      this.#restarts += 1;
      await this.#untilReady(child, signal).then(
        () => this.#around.onNews({ kind: 'back', part: this.name }),
        () => stopProcess(child, this.#part.stop),
      );
      return child;
    } catch {
      return dead;
    }
  }

  async #end(): Promise<void> {
    if (this.#child !== undefined) await stopProcess(this.#child, this.#part.stop);
    this.#child = undefined;
    rmSync(this.#around.pidFile, { force: true });
    this.#state = 'stopped';
  }

  #whyItDied({ code, signal }: Exit): string {
    const how = signal === null ? `exit code ${String(code)}` : `signal ${signal}`;
    const said = logTail(this.logFile).map((line) => `    ${line}`);
    return [`${this.name} ended with ${how}; its last lines, from ${this.logFile}:`, ...said].join('\n');
  }
}

/** Asked anew after every wait: a plain look at `aborted` is taken for settled by the compiler. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;
