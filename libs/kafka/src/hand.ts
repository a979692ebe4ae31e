import type { Stretch } from './topic-batch.ts';
import type { TopicRecord } from './topic-record.ts';

/**
 * A fetched piece of one partition: it was asked for at `from`, and the next one is to be asked for at `next`. One of
 * control records or aborted transactions only has no records; it is handed on all the same, as the stretch that it is.
 */
export type Piece = Stretch & { readonly partition: number; readonly records: readonly TopicRecord[] };

export type Handful = { readonly records: readonly TopicRecord[]; readonly stretches: ReadonlyMap<number, Stretch> };

export type HandLimits = { readonly maxRecords: number; readonly maxBytes: number };

/** `misplaced` names the offset that was expected instead. */
export type Placement = 'taken' | 'not_assigned' | { readonly misplaced: bigint };

type Lane = { handled: bigint; fetched: bigint; readonly waiting: Piece[] };

const valueBytes = (records: readonly TopicRecord[]): number => {
  let bytes = 0;
  for (const record of records) bytes += record.value?.length ?? 0;
  return bytes;
};

const splitAt = (piece: Piece, count: number): [Piece, Piece] => {
  const boundary = piece.records[count]?.offset ?? piece.next;
  return [
    { ...piece, records: piece.records.slice(0, count), next: boundary },
    { ...piece, records: piece.records.slice(count), from: boundary },
  ];
};

/** Takes pieces of one lane while they fit; one that does not fit whole is cut. Returns how many records it took. */
const drain = (lane: Lane, room: number): Piece[] => {
  const pieces: Piece[] = [];
  let left = room;
  for (let piece = lane.waiting.shift(); piece !== undefined; piece = lane.waiting.shift()) {
    if (piece.records.length <= left) {
      pieces.push(piece);
      left -= piece.records.length;
      continue;
    }
    if (left > 0) {
      const [fits, rest] = splitAt(piece, left);
      pieces.push(fits);
      lane.waiting.unshift(rest);
    } else lane.waiting.unshift(piece);
    return pieces;
  }
  return pieces;
};

const stretchOf = (pieces: readonly Piece[], { handled }: Lane): Stretch => ({
  from: pieces[0]?.from ?? handled,
  next: pieces.at(-1)?.next ?? handled,
});

/**
 * What has been fetched and not yet handled, of all assigned partitions: a plain state machine without time or I/O.
 * A piece is taken only if it begins exactly where the one before it ended, so nothing is skipped, doubled or reordered
 * whatever the client does around a rebalance.
 */
export class Hand {
  readonly #limits: HandLimits;
  #lanes = new Map<number, Lane>();
  #records = 0;
  #bytes = 0;
  #turn = 0;

  constructor(limits: HandLimits) {
    this.#limits = limits;
  }

  /** Starts over with these partitions, each at its next offset. */
  assign(positions: ReadonlyMap<number, bigint>): void {
    this.#lanes = new Map();
    for (const [partition, next] of positions) {
      this.#lanes.set(partition, { handled: next, fetched: next, waiting: [] });
    }
    this.#records = 0;
    this.#bytes = 0;
  }

  offer(piece: Piece): Placement {
    const lane = this.#lanes.get(piece.partition);
    if (lane === undefined) return 'not_assigned';
    if (lane.fetched !== piece.from) return { misplaced: lane.fetched };
    lane.fetched = piece.next;
    lane.waiting.push(piece);
    this.#records += piece.records.length;
    this.#bytes += valueBytes(piece.records);
    return 'taken';
  }

  /** All that waits, up to the limits, partitions in turn. Undefined when nothing waits. */
  take(): Handful | undefined {
    const records: TopicRecord[] = [];
    const stretches = new Map<number, Stretch>();
    let bytes = 0;
    for (const [partition, lane] of this.#inTurn()) {
      if (records.length >= this.#limits.maxRecords || bytes >= this.#limits.maxBytes) break;
      const pieces = drain(lane, this.#limits.maxRecords - records.length);
      for (const piece of pieces) {
        for (const record of piece.records) records.push(record);
        bytes += valueBytes(piece.records);
      }
      stretches.set(partition, stretchOf(pieces, lane));
    }
    this.#records -= records.length;
    this.#bytes -= bytes;
    return stretches.size === 0 ? undefined : { records, stretches };
  }

  /** What was last taken has had its effect. */
  handled({ stretches }: Handful): void {
    for (const [partition, { next }] of stretches) {
      const lane = this.#lanes.get(partition);
      if (lane !== undefined) lane.handled = next;
    }
  }

  /** As much waits as the next take may hold: fetch no further. */
  get isFull(): boolean {
    return this.#records >= this.#limits.maxRecords || this.#bytes >= this.#limits.maxBytes;
  }

  /** Next offset not yet handled. */
  positions(): Map<number, bigint> {
    return new Map([...this.#lanes].map(([partition, { handled }]) => [partition, handled]));
  }

  #inTurn(): [number, Lane][] {
    const waiting = [...this.#lanes].filter(([, lane]) => lane.waiting.length > 0);
    this.#turn += 1;
    const first = waiting.length === 0 ? 0 : this.#turn % waiting.length;
    return [...waiting.slice(first), ...waiting.slice(0, first)];
  }
}
