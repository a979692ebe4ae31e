import { ContractError, createDecoder, type Decoder, type SchemaSource } from '@orderline/contracts';
import type { TopicRecord as Record } from '@orderline/kafka';
import type { TopicRecord } from '../shapes.ts';
import { plainValue } from './plain-value.ts';

const mostBytes = 64 * 1024;
/** Magic byte and schema id of Confluent's wire format. */
const headerBytes = 5;

/** Decodes as projectors do; a schema that was seen once is not asked for again. */
export const createRecordReader = (schemas: SchemaSource): ((record: Record) => Promise<TopicRecord>) => {
  const decoder = createDecoder(schemas);
  return async (record) => ({
    recordedAt: new Date(record.timestamp).toISOString(),
    key: record.key?.toString() ?? null,
    headers: { ...record.headers },
    size: record.value?.length ?? 0,
    value: record.value?.subarray(0, mostBytes).toString('base64') ?? null,
    schemaId: schemaIdOf(record.value),
    ...(await decode(decoder, record.value)),
  });
};

const schemaIdOf = (value: Buffer | null): number | null =>
  value !== null && value.length >= headerBytes && value[0] === 0 ? value.readInt32BE(1) : null;

const decode = async (
  decoder: Decoder,
  value: Buffer | null,
): Promise<Pick<TopicRecord, 'decoded' | 'undecodable'>> => {
  if (value === null) return { decoded: null, undecodable: 'It has no value.' };
  try {
    return { decoded: plainValue(await decoder.decode(value)) as TopicRecord['decoded'], undecodable: null };
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { decoded: null, undecodable: error.message };
  }
};
