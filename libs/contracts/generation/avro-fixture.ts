import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractEvent, CurrentEvent } from '../src/index.ts';
import { contractSchemas, currentSchemaIds, encodeEvent, toRecordFields, toStored } from '../src/index.ts';
import type { CurrentSchema } from './published.ts';
import { storedFixture } from './published.ts';

const envelope = {
  eventId: '01980000-0000-7000-8000-0000000000e1',
  orderId: '01980000-0000-7000-8000-00000000000a',
  version: 7,
  occurredAt: Date.parse('2026-01-15T14:12:00.345Z'),
  customerId: 'c-17',
  restaurantId: 'r-7',
  correlationId: 'corr-1',
  actor: { id: 'r-7', role: 'restaurant' },
  aggregateType: 'Order',
};

/** Every fixture's bytes carry this schema id. */
const fixtureSchemaId = 1;
const schemaIds = currentSchemaIds(contractSchemas.map((schema) => ({ ...schema, id: fixtureSchemaId })));

/** An event as JSON: envelope and stored data side by side. */
export const eventAsJson = (event: ContractEvent): object => ({ ...event, ...toStored(event) });

/** The samples of a stored fixture as events on the topic, each with its bytes; odd ones have a causation. */
export const avroFixtureOf =
  (schemasFolder: string) =>
  ({ type, schemaVersion, schema }: CurrentSchema): object => {
    const path = join(schemasFolder, 'fixtures', storedFixture(type, schemaVersion));
    const { samples } = JSON.parse(readFileSync(path, 'utf8')) as { samples: CurrentEvent['data'][] };
    const events = samples.map((stored, index) => {
      const causationId = index % 2 === 0 ? null : '01980000-0000-7000-8000-0000000000e0';
      const fields = toRecordFields(type as CurrentEvent['type'], stored as never);
      const event = { type, schemaVersion, ...envelope, causationId, ...fields } as ContractEvent;
      return { event: eventAsJson(event), wire: encodeEvent(event, schemaIds).toString('base64') };
    });
    return { type, schemaVersion, schemaId: fixtureSchemaId, schema, events };
  };
