import { describe, expect, it } from 'vitest';
import type { AvroRecord } from './avro-schema.ts';
import { contractSchemas, currentSchemaIds, subjectOf } from './index.ts';
import { schemaIds } from './sample-events.testing.ts';

/** The fields of every event as the contract lists them; `?` = may be null, `*` = personal. */
const ownFields: Record<string, string> = {
  OrderCreated: 'items totalMinor currency deliveryAddress?* notes?*',
  OrderItemAdded: 'sku name quantity unitPriceMinor currency totalMinor',
  OrderItemRemoved: 'sku name quantity unitPriceMinor currency totalMinor',
  OrderUpdated: 'deliveryAddress?* notes?*',
  PaymentReceived: 'method amountMinor currency reference* paidMinor refundedMinor',
  PaymentRefunded: 'amountMinor currency reason* reference* paidMinor refundedMinor',
  OrderConfirmed: '',
  OrderPreparing: 'estimatedReadyAt',
  OrderReady: '',
  OrderOutForDelivery: 'courier* trackingId?',
  OrderDelivered: 'signedBy?*',
  OrderCancelled: 'reason*',
};
const envelopeFields =
  'eventId orderId version occurredAt schemaVersion customerId restaurantId correlationId causationId? actor aggregateType';

const spelled = ({ name, type }: AvroRecord['fields'][number]): string =>
  `${name}${Array.isArray(type) ? '?' : ''}${/"?Personal"?/u.test(JSON.stringify(type)) ? '*' : ''}`;

describe('the contract', () => {
  it('has one schema per event type of the table and no other', () => {
    expect(contractSchemas.map(({ type }) => type).sort()).toEqual(Object.keys(ownFields).sort());
  });

  it.each(contractSchemas)('gives $type the envelope and its own fields', ({ type, schema }) => {
    const { fields } = JSON.parse(schema) as AvroRecord;
    const expected = [envelopeFields, ownFields[type]].filter(Boolean).join(' ');
    expect(fields.map(spelled).join(' ')).toBe(expected);
  });

  it.each(contractSchemas)('keeps the money of $type in long minor units', ({ schema }) => {
    const { fields } = JSON.parse(schema) as AvroRecord;
    const amounts = fields.filter(({ name }) => name.endsWith('Minor'));
    expect(amounts.every(({ type }) => type === 'long')).toBe(true);
  });

  it('names subjects by topic and record', () => {
    expect(subjectOf('OrderCreated')).toBe('domain-events.orders-orderline.orders.OrderCreated');
  });
});

describe('schema ids', () => {
  it('are those of the schemas this build writes, whatever else was registered before', () => {
    const [first] = contractSchemas;
    const older = { subject: first!.subject, fingerprint: 'f'.repeat(64), id: 99 };
    const registered = contractSchemas.map((schema, index) => ({ ...schema, id: index + 1 }));
    expect(currentSchemaIds([older, ...registered, older])).toEqual(schemaIds);
  });

  it('name every subject that is not registered, and what to run', () => {
    const [, ...others] = contractSchemas.map((schema, index) => ({ ...schema, id: index }));
    expect(() => currentSchemaIds(others)).toThrow(
      expect.objectContaining({
        code: 'missing_schema_id',
        retriable: false,
        message: expect.stringMatching(/orders\.OrderCancelled\..*schemas register/u) as string,
      }),
    );
  });
});
