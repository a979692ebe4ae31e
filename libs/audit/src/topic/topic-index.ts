import { hash } from 'node:crypto';
import type { TopicRecord } from '@orderline/kafka';
import { contradictions, recordForm, type RecordEvent } from './read-record.ts';

/** A version as it first came: 64 bits of its content, 32 of its event id, and where it lies. */
export type SeenVersion = {
  readonly high: number;
  readonly low: number;
  readonly id: number;
  readonly partition: number;
  readonly offset: number;
};

export type TopicFault = {
  readonly version: number;
  readonly kind: 'divergent' | 'tampered';
  readonly what: string;
};

/** What the topic has of one order. */
export class SeenOrder {
  readonly partition: number;
  readonly parties: string;
  /** By version. */
  readonly versions: (SeenVersion | undefined)[] = [];
  /** How far a reader has come that drops what is not newer and passes over what is beyond a gap. */
  reached = 0;
  faults: TopicFault[] | undefined;
  /** Which versions each partition has, once there is more than one. */
  places: Map<number, Set<number>> | undefined;

  constructor(partition: number, parties: string) {
    this.partition = partition;
    this.parties = parties;
  }

  blame(fault: TopicFault): void {
    (this.faults ??= []).push(fault);
  }

  /** To be told before the version is entered. */
  place(partition: number, version: number): void {
    if (this.places === undefined) {
      if (partition === this.partition) return;
      const before = this.versions.flatMap((seen, at) => (seen === undefined ? [] : [at]));
      this.places = new Map([[this.partition, new Set(before)]]);
    }
    const there = this.places.get(partition) ?? new Set();
    this.places.set(partition, there.add(version));
  }
}

export const digestOf = ({ high, low }: SeenVersion): bigint =>
  BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0));

/** Where its record lies, in words. */
export const placeOf = ({ partition, offset }: SeenVersion): string => `partition ${partition}, offset ${offset}`;

/** Of a UUIDv7 the last 32 bits are random: enough to tell one event of a version from another. */
export const idBits = (eventId: string): number => Number.parseInt(eventId.slice(-8), 16) | 0;

/** The topic without its repetitions, by order. Takes some 60 bytes per event and 200 per order. */
export class TopicIndex {
  readonly orders = new Map<string, SeenOrder>();
  records = 0;
  repeated = 0;
  unreadable = 0;

  /** Records of one partition have to come in the order of their offsets. */
  add(record: TopicRecord, event: RecordEvent | undefined): void {
    this.records += 1;
    if (event === undefined) this.unreadable += 1;
    else this.#addEvent(record, event);
  }

  #addEvent(record: TopicRecord, event: RecordEvent): void {
    const { orderId, version } = event;
    const order = this.#orderOf(record, event);
    const content = hash('sha256', recordForm(event, record), 'buffer');
    const seen: SeenVersion = {
      high: content.readInt32BE(0),
      low: content.readInt32BE(4),
      id: idBits(event.eventId),
      partition: record.partition,
      offset: Number(record.offset),
    };
    const names = contradictions(event, record).join(', ');
    if (names !== '')
      order.blame({ version, kind: 'tampered', what: `not what the record's payload and time say: ${names}` });
    order.place(record.partition, version);
    const first = order.versions[version];
    if (version === order.reached + 1) order.reached = version;
    if (first === undefined) order.versions[version] = seen;
    else this.#repeat(order, { version, first, seen });
    if (order.parties !== partiesOf(event)) {
      order.blame({ version, kind: 'tampered', what: `customer or restaurant are not those of order ${orderId}` });
    }
  }

  #orderOf(record: TopicRecord, event: RecordEvent): SeenOrder {
    const known = this.orders.get(event.orderId);
    if (known !== undefined) return known;
    const order = new SeenOrder(record.partition, partiesOf(event));
    this.orders.set(event.orderId, order);
    return order;
  }

  #repeat(order: SeenOrder, again: { version: number; first: SeenVersion; seen: SeenVersion }): void {
    const { version, first, seen } = again;
    this.repeated += 1;
    const places = `at ${placeOf(first)} and ${placeOf(seen)}`;
    if (first.id !== seen.id)
      order.blame({ version, kind: 'divergent', what: `given twice, to different events, ${places}` });
    else if (first.high !== seen.high || first.low !== seen.low)
      order.blame({ version, kind: 'tampered', what: `twice with different content ${places}` });
  }
}

const partiesOf = ({ customerId, restaurantId }: RecordEvent): string => `${customerId} ${restaurantId}`;
