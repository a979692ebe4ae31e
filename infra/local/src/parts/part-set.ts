import type { StackFolder } from '../stack/stack-folder.ts';
import type { Part } from './part.ts';
import { SupervisedPart, type PartState, type Surroundings } from './supervised-part.ts';

export type PartStatus = {
  readonly name: string;
  readonly state: PartState;
  readonly pid: number | undefined;
  readonly restarts: number;
  readonly logFile: string;
};

/** Ended in this order, each group together: nobody loses a server that it still talks to. Apps come before all of them. */
const serverOrder = [['connect'], ['kafka', 'registry'], ['postgres']];

/** The supervised parts of one stack. */
export class PartSet {
  readonly #parts = new Map<string, SupervisedPart>();
  readonly #folder: StackFolder;
  readonly #around: Pick<Surroundings, 'onNews' | 'forgivenAfterMs'>;

  constructor(folder: StackFolder, around: Pick<Surroundings, 'onNews' | 'forgivenAfterMs'>) {
    this.#folder = folder;
    this.#around = around;
  }

  async launch(part: Part, signal: AbortSignal): Promise<void> {
    const supervised = new SupervisedPart(part, {
      logFile: this.#folder.logOf(part.name),
      pidFile: this.#folder.pidOf(part.name),
      ...this.#around,
    });
    this.#parts.set(part.name, supervised);
    await supervised.start(signal);
  }

  get(name: string): SupervisedPart {
    const part = this.#parts.get(name);
    if (part === undefined)
      throw new Error(`no part is named ${name}; there are ${[...this.#parts.keys()].join(', ')}`);
    return part;
  }

  status(): PartStatus[] {
    return [...this.#parts.values()].map((part) => ({ name: part.name, logFile: part.logFile, ...part.state() }));
  }

  /** For a process that exits without having stopped its parts, after a fault of its own. */
  readonly abandonAll = (): void => {
    for (const part of this.#parts.values()) part.abandon();
  };

  async stopAll(): Promise<void> {
    const servers = serverOrder.flat();
    const apps = [...this.#parts.keys()].filter((name) => !servers.includes(name));
    for (const group of [apps, ...serverOrder]) {
      await Promise.all(group.map(async (name) => this.#parts.get(name)?.stop()));
    }
  }
}
