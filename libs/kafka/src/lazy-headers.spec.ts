import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { RecordDecoder } from './kafkajs-internals.ts';
import { readVarIntArrayEagerly, recordDecoderOf, recordDecoderPrototype } from './kafkajs-internals.ts';
import { readHeadersLazily } from './lazy-headers.ts';

type Headers = Record<string, string | Buffer | null | (string | Buffer)[]>;
type Decoded = { headers: Headers; value: Buffer; key: Buffer };

const load = createRequire(import.meta.url);
const encodeRecord = load('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => { buffer: Buffer };
const decodeRecord = load('kafkajs/src/protocol/recordBatch/record/v0/decoder') as (
  decoder: RecordDecoder,
  context: object,
) => Decoded;

const encoded = (headers: Headers, value = 'value'): Buffer => {
  const record = encodeRecord({ offsetDelta: 0, timestampDelta: 0, key: 'key', value, headers }).buffer;
  const decoder = recordDecoderOf(record, 0);
  const length = decoder.readVarInt();
  return record.subarray(decoder.offset, decoder.offset + length);
};

const decodeWith = (read: RecordDecoder['readVarIntArray'], record: Buffer): Decoded => {
  const before = recordDecoderPrototype.readVarIntArray;
  recordDecoderPrototype.readVarIntArray = read;
  try {
    return decodeRecord(recordDecoderOf(record, 0), { firstOffset: '0', firstTimestamp: '0' });
  } finally {
    recordDecoderPrototype.readVarIntArray = before;
  }
};

const eagerly: RecordDecoder['readVarIntArray'] = function (reader) {
  return readVarIntArrayEagerly(this, reader);
};

describe('headers read when looked at', () => {
  it.each<[string, Headers]>([
    ['none', {}],
    ['one', { ce_id: '1' }],
    ['a dozen', Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`name-${i}`, `value ${i} ü`]))],
    ['empty and long ones', { empty: '', long: 'x'.repeat(70_000) }],
    ['one given twice', { twice: ['first', 'second'], other: 'o' }],
    ['bytes that are no text', { bytes: Buffer.from([0, 255, 128]) }],
  ])('are what kafkajs reads: %s', (_, headers) => {
    const record = encoded(headers);
    const lazy = decodeWith(readHeadersLazily, record);
    const eager = decodeWith(eagerly, record);
    expect(Object.entries(lazy.headers)).toEqual(Object.entries(eager.headers));
    expect({ ...lazy.headers }).toEqual(eager.headers);
    expect(JSON.stringify(lazy.headers)).toBe(JSON.stringify(eager.headers));
    expect([lazy.key, lazy.value]).toEqual([eager.key, eager.value]);
  });

  it('can be asked one by one, changed and deleted like any object', () => {
    const { headers } = decodeWith(readHeadersLazily, encoded({ a: '1', b: '2' }));
    expect('a' in headers).toBe(true);
    expect('c' in headers).toBe(false);
    expect(headers['a']?.toString()).toBe('1');
    headers['c'] = '3';
    delete headers['b'];
    expect(Object.keys(headers)).toEqual(['a', 'c']);
  });
});
