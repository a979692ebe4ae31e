import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avroType } from './avro-type.ts';
import type { AvroRecord } from './avro-schema.ts';
import type { DecodedEvent } from './index.ts';
import { ContractError, createDecoder, encodeEvent, subjectOf } from './index.ts';
import { created, registeredText, schemaIds } from './sample-events.testing.ts';

const wire = encodeEvent(created, schemaIds);
const createdId = schemaIds.get(subjectOf('OrderCreated')) ?? 0;
const createdSchema = JSON.parse(registeredText(createdId)) as AvroRecord;

const thrownBy = async (decode: () => DecodedEvent | Promise<DecodedEvent>): Promise<ContractError> => {
  try {
    await decode();
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('it was decoded');
};

const written = (schema: object, value: object, id = 4711): Buffer => {
  const header = Buffer.from([0, 0, 0, 0, 0]);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, avroType(schema).toBuffer(value)]);
};

const decodedBy = (schema: object, bytes: Buffer): DecodedEvent | Promise<DecodedEvent> =>
  createDecoder(() => JSON.stringify(schema)).decode(bytes);

describe('a decoder', () => {
  it('waits for the registry on first sight of a schema id and never again', async () => {
    const asked: number[] = [];
    const decoder = createDecoder((id) => {
      asked.push(id);
      return Promise.resolve(registeredText(id));
    });
    const first = decoder.decode(wire);
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toEqual(created);
    expect(decoder.decode(wire)).toEqual(created);
    expect(asked).toEqual([createdId]);
  });

  it('shares one look-up among values that come at once', async () => {
    let asked = 0;
    const decoder = createDecoder(async (id) => {
      asked += 1;
      await Promise.resolve();
      return registeredText(id);
    });
    const events = await Promise.all([decoder.decode(wire), decoder.decode(wire), decoder.decode(wire)]);
    expect(events).toEqual([created, created, created]);
    expect(asked).toBe(1);
  });

  it('holds back, retriable, while the registry is away, and goes on when it is back', async () => {
    let away = true;
    const decoder = createDecoder((id) =>
      away ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve(registeredText(id)),
    );
    const error = await thrownBy(() => decoder.decode(wire));
    expect(error).toMatchObject({ code: 'registry_unavailable', retriable: true });
    away = false;
    expect(await decoder.decode(wire)).toEqual(created);
  });

  it('refuses for good a schema id that the registry does not have', async () => {
    const absent = Object.assign(new Error('404'), { code: 'unknown_schema' });
    const decoder = createDecoder(() => Promise.reject(absent));
    const error = await thrownBy(() => decoder.decode(wire));
    expect(error).toMatchObject({ code: 'unknown_schema', retriable: false, cause: absent });
  });

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['a header only', wire.subarray(0, 5)],
    ['another magic byte', Buffer.concat([Buffer.from([1]), wire.subarray(1)])],
    ['a body cut short', wire.subarray(0, -3)],
    ['a body with something behind it', Buffer.concat([wire, Buffer.from([0])])],
    ['JSON', Buffer.from('{"orderId":"x"}')],
  ])('refuses %s as malformed', async (_, bytes) => {
    const error = await thrownBy(() => createDecoder(registeredText).decode(bytes));
    expect(error).toMatchObject({ code: 'malformed', retriable: false });
  });

  it('refuses an amount that a number cannot hold', async () => {
    const total = { ...created, totalMinor: 2 ** 52 };
    const bytes = encodeEvent(total, schemaIds);
    const long = avroType('long');
    const at = bytes.indexOf(long.toBuffer(2 ** 52));
    const past = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    past.copy(bytes, at);
    expect(await thrownBy(() => createDecoder(registeredText).decode(bytes))).toMatchObject({ code: 'malformed' });
  });

  it('never hangs on, or runs out of memory over, bytes that claim endless items', async () => {
    const before = encodeEvent({ ...created, items: [] }, schemaIds);
    const aggregate = Buffer.from('Order');
    const itemsAt = before.indexOf(aggregate) + aggregate.length;
    const endless = [
      [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x01],
    ];
    for (const count of endless) {
      const bytes = Buffer.concat([before.subarray(0, itemsAt), Buffer.from(count), before.subarray(itemsAt + 1)]);
      const error = await thrownBy(() => createDecoder(registeredText).decode(bytes));
      expect(error).toMatchObject({ code: 'malformed', retriable: false });
    }
  });

  it('answers any garbage with an event or `malformed`, soon', () => {
    const decoder = createDecoder(registeredText);
    const garbage = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.uint8Array({ minLength: 1, maxLength: 300 }));
    const flipped = fc.tuple(fc.nat(wire.length - 6), fc.integer({ min: 0, max: 255 }));
    const decodes = (bytes: Buffer): boolean => {
      try {
        return typeof decoder.decode(bytes) === 'object';
      } catch (error) {
        return error instanceof ContractError && error.code === 'malformed';
      }
    };
    fc.assert(fc.property(garbage, ([id, body]) => decodes(Buffer.from([0, 0, 0, 0, id, ...body]))));
    fc.assert(
      fc.property(fc.array(flipped, { minLength: 1, maxLength: 8 }), (flips) => {
        const bytes = Buffer.from(wire);
        for (const [at, byte] of flips) bytes[at + 5] = byte;
        return decodes(bytes);
      }),
    );
  });
});

describe('a decoder meeting another version of a schema', () => {
  it('ignores fields that a newer version added', async () => {
    const fields = [...createdSchema.fields, { name: 'tipMinor', type: 'long', default: 0 }];
    const newer = { ...createdSchema, schemaVersion: 4, fields };
    const bytes = written(newer, { ...created, schemaVersion: 4, tipMinor: 200 });
    expect(await decodedBy(newer, bytes)).toEqual({ ...created, schemaVersion: 4 });
  });

  it('fills in the default of an optional field that an older version lacked', async () => {
    const older = { ...createdSchema, fields: createdSchema.fields.filter(({ name }) => name !== 'notes') };
    expect(await decodedBy(older, written(older, created))).toEqual(created);
  });

  it('refuses for good one that cannot be read as our record', async () => {
    const alien = { type: 'record', name: 'OrderCreated', namespace: 'orderline.orders', fields: [] };
    const error = await thrownBy(() => decodedBy(alien, wire));
    expect(error).toMatchObject({ code: 'unreadable_schema', retriable: false });
  });

  it('refuses for good a schema that is no Avro', async () => {
    const error = await thrownBy(() => createDecoder(() => 'syntax = "proto3";').decode(wire));
    expect(error).toMatchObject({ code: 'unreadable_schema', retriable: false });
  });
});

describe('a decoder meeting an event type it does not know', () => {
  const rated = (fields: object[]): object => ({
    type: 'record',
    name: 'OrderRated',
    namespace: 'orderline.orders',
    fields,
  });
  const envelopeFields = [
    { name: 'eventId', type: { type: 'string', 'avro.java.string': 'String' } },
    { name: 'orderId', type: 'string' },
    { name: 'version', type: 'int' },
  ];

  it('tells its name and its place in the order, whatever else is in it', async () => {
    const opinion = [
      { name: 'stars', type: { type: 'array', items: 'int' } },
      { name: 'answers', type: { type: 'map', values: 'string' } },
      { name: 'views', type: 'bytes' },
    ];
    const schema = rated([...opinion, ...envelopeFields]);
    const value = {
      eventId: 'e-1',
      orderId: 'o-1',
      version: 9,
      stars: [5, 4],
      answers: { a: 'b' },
      views: Buffer.of(7),
    };
    const event = await decodedBy(schema, written(schema, value));
    expect(event).toEqual({ type: 'Unknown', eventType: 'OrderRated', eventId: 'e-1', orderId: 'o-1', version: 9 });
  });

  it('is not troubled by a number it could not hold', async () => {
    const schema = rated([{ name: 'huge', type: 'long' }, ...envelopeFields]);
    const small = written(schema, { huge: 0, eventId: 'e-1', orderId: 'o-1', version: 9 });
    const huge = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    const bytes = Buffer.concat([small.subarray(0, 5), huge, small.subarray(6)]);
    expect(await decodedBy(schema, bytes)).toMatchObject({ eventType: 'OrderRated', version: 9 });
  });

  it('leaves null what its envelope lacks', async () => {
    const schema = { type: 'record', name: 'Ping', namespace: 'elsewhere', fields: [{ name: 'at', type: 'long' }] };
    const event = await decodedBy(schema, written(schema, { at: 1 }));
    expect(event).toEqual({
      type: 'Unknown',
      eventType: 'elsewhere.Ping',
      eventId: null,
      orderId: null,
      version: null,
    });
  });

  it('still refuses bytes that end too early or skip backwards', async () => {
    const schema = rated([{ name: 'stars', type: { type: 'array', items: 'int' } }, ...envelopeFields]);
    for (const body of [[0x02], [0x01, 0x01], [0xfe, 0xff, 0xff, 0xff, 0x0f]]) {
      const error = await thrownBy(() => decodedBy(schema, Buffer.from([0, 0, 0, 0, 1, ...body])));
      expect(error).toMatchObject({ code: 'malformed' });
    }
  });
});
