import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentSchemaVersion, type EventType } from '@orderline/contracts';
import { throughCodec, throughWire } from './through-codec.ts';
import type { RecordedEvent } from './projection-port.ts';

/** The life of one order up to and with the event that a fixture has; `name` as in `stored/OrderCreated.v1.json#0`. */
export type SampleLife = { readonly name: string; readonly events: readonly RecordedEvent[] };

/** What happens to an order before such an event may. */
const leadUp: Readonly<Record<EventType, readonly EventType[]>> = {
  OrderCreated: [],
  OrderItemAdded: ['OrderCreated'],
  OrderItemRemoved: ['OrderCreated', 'OrderItemAdded'],
  OrderUpdated: ['OrderCreated'],
  PaymentReceived: ['OrderCreated'],
  PaymentRefunded: ['OrderCreated', 'PaymentReceived'],
  OrderConfirmed: ['OrderCreated'],
  OrderPreparing: ['OrderCreated', 'OrderConfirmed'],
  OrderReady: ['OrderCreated', 'OrderConfirmed', 'OrderPreparing'],
  OrderOutForDelivery: ['OrderCreated', 'OrderConfirmed', 'OrderPreparing', 'OrderReady'],
  OrderDelivered: ['OrderCreated', 'OrderConfirmed', 'OrderPreparing', 'OrderReady', 'OrderOutForDelivery'],
  OrderCancelled: ['OrderCreated', 'OrderConfirmed', 'OrderPreparing'],
};

type StoredFixture = { readonly type: EventType; readonly schemaVersion: number; readonly samples: readonly object[] };
type AvroFixture = {
  readonly type: EventType;
  readonly schema: object;
  readonly events: readonly { readonly wire: string }[];
};

const firstRecordedAt = Date.parse('2026-01-15T14:00:00Z');
const minute = 60_000;

/** Every event a minute after the one before it. */
const recorded = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  events.map((event, index) => ({ ...event, recordedAt: firstRecordedAt + index * minute }));

type Reading = { readonly fixtures: string; readonly before: ReadonlyMap<EventType, RecordedEvent> };

const readFixture = (fixtures: string, file: string): unknown => JSON.parse(readFileSync(join(fixtures, file), 'utf8'));

const lifeOf = (name: string, event: RecordedEvent, { before }: Reading): SampleLife => {
  const earlier = leadUp[event.type].flatMap((type) => before.get(type) ?? []);
  return { name, events: recorded([...earlier, event]) };
};

const ofStored = (file: string, reading: Reading): SampleLife[] => {
  const { type, schemaVersion, samples } = readFixture(reading.fixtures, file) as StoredFixture;
  const version = leadUp[type].length + 1;
  return samples.map((data, index) =>
    lifeOf(`${file}#${index}`, throughCodec({ type, schemaVersion, data }, { version }), reading),
  );
};

const ofAvro = (file: string, reading: Reading): SampleLife[] => {
  const { schema, events } = readFixture(reading.fixtures, file) as AvroFixture;
  return events.map(({ wire }, index) => lifeOf(`${file}#${index}`, throughWire(wire, schema), reading));
};

const newest = (fixtures: string, type: EventType, version: number): RecordedEvent => {
  const file = `stored/${type}.v${currentSchemaVersion(type)}.json`;
  const { samples, schemaVersion } = readFixture(fixtures, file) as StoredFixture;
  return throughCodec({ type, schemaVersion, data: samples[0] }, { version });
};

/**
 * A life for every sample of every version in `schemas/fixtures`: stored JSON by way of upcasters and codec, bytes of the
 * topic by way of the schema they were written with. What comes before in the life is of the present version. Throws
 * what upcasters or codec throw: a version can no longer be read.
 */
export const sampleLives = (schemasFolder: string): SampleLife[] => {
  const fixtures = join(schemasFolder, 'fixtures');
  const types = Object.keys(leadUp) as EventType[];
  const before = new Map(types.map((type) => [type, newest(fixtures, type, leadUp[type].length + 1)]));
  const files = (kind: string): string[] =>
    readdirSync(join(fixtures, kind))
      .sort()
      .map((file) => `${kind}/${file}`);
  const reading = { fixtures, before };
  return [
    ...files('stored').flatMap((file) => ofStored(file, reading)),
    ...files('avro').flatMap((file) => ofAvro(file, reading)),
  ];
};
