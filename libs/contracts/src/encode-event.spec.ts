import { describe, expect, it } from 'vitest';
import type { ContractEvent, OrderCreated } from './index.ts';
import { ContractError, createDecoder, encodeEvent, subjectOf } from './index.ts';
import { created, registeredText, schemaIds } from './sample-events.testing.ts';

const fault = (event: ContractEvent): ContractError => {
  try {
    encodeEvent(event, schemaIds);
  } catch (error) {
    if (error instanceof ContractError) return error;
  }
  throw new Error('the event was encoded');
};

describe('encoding an event', () => {
  it('writes magic byte 0, the schema id and the Avro body', () => {
    const wire = encodeEvent(created, schemaIds);
    expect(wire[0]).toBe(0);
    expect(wire.readInt32BE(1)).toBe(schemaIds.get(subjectOf('OrderCreated')));
    expect(createDecoder(registeredText).decode(wire)).toEqual(created);
  });

  it('grows for an order of 100 items with long names', () => {
    const items = Array.from({ length: 100 }, (_, index) => ({
      sku: `sku-${index}`,
      name: 'ラ'.repeat(200),
      quantity: 1,
      unitPriceMinor: 1,
    }));
    const large: OrderCreated = { ...created, items };
    expect(createDecoder(registeredText).decode(encodeEvent(large, schemaIds))).toEqual(large);
  });

  it('gives every event bytes of its own', () => {
    const first = encodeEvent(created, schemaIds);
    const before = Buffer.from(first);
    encodeEvent({ ...created, orderId: 'another', totalMinor: 1 }, schemaIds);
    expect(first.equals(before)).toBe(true);
  });

  it('names every wrong field with its path', () => {
    const [item] = created.items;
    const wrong = { ...created, totalMinor: 2 ** 53, actor: { id: 'x' }, items: [{ ...item!, quantity: '2' }] };
    const { code, retriable, faults } = fault(wrong as unknown as ContractEvent);
    expect({ code, retriable }).toEqual({ code: 'invalid_event', retriable: false });
    expect(faults.map(({ path }) => path)).toEqual(['/actor/role', '/items/0/quantity', '/totalMinor']);
  });

  it('quotes no value of a wrong event, since it may be personal', () => {
    const wrong = { ...created, deliveryAddress: { keyId: null, value: 'Bakerstreet 221b' } };
    const error = fault(wrong as unknown as ContractEvent);
    expect(`${error.message} ${JSON.stringify(error.faults)} ${String(error.cause)}`).not.toContain('Baker');
  });

  it('still encodes after it refused one', () => {
    const before = encodeEvent(created, schemaIds);
    fault({ ...created, totalMinor: 0.5 });
    expect(encodeEvent(created, schemaIds).equals(before)).toBe(true);
  });

  it('refuses an event without a schema id', () => {
    expect(() => encodeEvent(created, new Map())).toThrow(expect.objectContaining({ code: 'missing_schema_id' }));
  });
});
