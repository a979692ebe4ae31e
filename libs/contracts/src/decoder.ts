import { ContractError } from './contract-error.ts';
import { headerLength } from './encode-event.ts';
import type { SchemaReader } from './schema-reader.ts';
import { schemaReader } from './schema-reader.ts';
import type { DecodedEvent } from './unknown-event.ts';

/**
 * The schema text of a registry id. An error with `code: 'unknown_schema'` says that the registry has no such id;
 * any other error means that it could not be asked. Time limits are the source's business.
 */
export type SchemaSource = (id: number) => string | Promise<string>;

export type Decoder = {
  /**
   * The event in a record's value, in today's shape whatever version wrote it. Synchronous once the schema id has
   * been seen; the first time, a promise (unless the source answers at once). Throws, or rejects with, a
   * ContractError: `malformed`, `unknown_schema`, `unreadable_schema`, or the retriable `registry_unavailable`.
   */
  decode(value: Buffer): DecodedEvent | Promise<DecodedEvent>;
};

const schemaIdOf = (value: Buffer): number => {
  if (value.length > headerLength && value[0] === 0) return value.readInt32BE(1);
  throw new ContractError('malformed', 'the value is not in Confluent wire format (byte 0, schema id, body)');
};

const isUnknownSchema = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'unknown_schema';

const lookupFailed = (id: number, cause: unknown): ContractError =>
  isUnknownSchema(cause)
    ? new ContractError('unknown_schema', `the registry has no schema ${id}`, { cause })
    : new ContractError('registry_unavailable', `schema ${id} could not be asked for`, { cause });

/**
 * A decoder that asks `source` once per schema id, also when several values of an unseen id come at once, and keeps
 * the compiled reader (type and resolver) for ever: ids never change their meaning. Failed look-ups are not kept.
 */
export const createDecoder = (source: SchemaSource): Decoder => {
  const readers = new Map<number, SchemaReader>();
  const lookups = new Map<number, Promise<SchemaReader>>();

  const keep = (id: number, schemaText: string): SchemaReader => {
    const reader = schemaReader(schemaText);
    readers.set(id, reader);
    return reader;
  };

  const lookUp = async (id: number, answer: Promise<string>): Promise<SchemaReader> => {
    try {
      const schemaText = await answer.catch((cause: unknown) => {
        throw lookupFailed(id, cause);
      });
      return keep(id, schemaText);
    } finally {
      lookups.delete(id);
    }
  };

  const ask = (id: number): string | Promise<string> => {
    try {
      return source(id);
    } catch (cause) {
      throw lookupFailed(id, cause);
    }
  };

  const find = (id: number): SchemaReader | Promise<SchemaReader> => {
    const underWay = lookups.get(id);
    if (underWay) return underWay;
    const answer = ask(id);
    if (typeof answer === 'string') return keep(id, answer);
    const lookup = lookUp(id, answer);
    lookups.set(id, lookup);
    return lookup;
  };

  return {
    decode: (value) => {
      const id = schemaIdOf(value);
      const reader = readers.get(id) ?? find(id);
      return reader instanceof Promise ? reader.then((read) => read(value)) : reader(value);
    },
  };
};
