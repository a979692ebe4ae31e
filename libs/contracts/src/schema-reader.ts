import type { Type } from 'avsc';
import { avroType } from './avro-type.ts';
import { ContractError } from './contract-error.ts';
import { contractTypes } from './contract-types.ts';
import { headerLength } from './encode-event.ts';
import type { EventType } from './event-type.ts';
import { isEventType } from './event-type.ts';
import type { ContractEvent } from './generated/events.ts';
import { recordNamespace } from './topic.ts';
import type { DecodedEvent, UnknownEvent } from './unknown-event.ts';

/** Decodes the wire format of one writer's schema; throws `malformed`. */
export type SchemaReader = (wire: Buffer) => DecodedEvent;

type Resolver = ReturnType<Type['createResolver']>;

const decodeBody = (wire: Buffer, type: Type, resolver: Resolver | undefined): unknown => {
  let decoded: { readonly value: unknown; readonly offset: number };
  try {
    decoded = type.decode(wire, headerLength, resolver);
  } catch (cause) {
    throw new ContractError('malformed', `the bytes are no ${type.name ?? type.typeName}`, { cause });
  }
  if (decoded.offset === wire.length) return decoded.value;
  const what = decoded.offset < 0 ? 'too short' : 'too long';
  throw new ContractError('malformed', `the bytes are ${what} for a ${type.name ?? type.typeName}`);
};

const knownReader = (type: EventType, writer: Type): SchemaReader => {
  const reader = contractTypes[type];
  const resolver = reader.equals(writer) ? undefined : reader.createResolver(writer);
  return (wire) => {
    const event = decodeBody(wire, reader, resolver) as { type?: EventType };
    event.type = type;
    return event as ContractEvent;
  };
};

type WriterSchema = {
  readonly name?: string;
  readonly fields?: readonly { readonly name: string; readonly type: unknown }[];
};

const envelopeTypes: Readonly<Record<string, readonly unknown[]>> = {
  eventId: ['string'],
  orderId: ['string'],
  version: ['int', 'long'],
};

// Some writers say {"type": "string", …} with attributes of their language where others say "string".
const plainType = (type: unknown): unknown =>
  typeof type === 'object' && type !== null && 'type' in type ? type.type : type;

const envelopeFields = (schema: WriterSchema): { name: string; type: unknown }[] =>
  (schema.fields ?? [])
    .map(({ name, type }) => ({ name, type: plainType(type) }))
    .filter(({ name, type }) => envelopeTypes[name]?.includes(type));

// Reads only what it needs, so that nothing else in a foreign record (a long past 2^53, say) can make it fail.
const unknownReader = (writer: Type, schema: WriterSchema): SchemaReader => {
  const fullName = writer.name ?? writer.typeName;
  const eventType = fullName.startsWith(`${recordNamespace}.`) ? fullName.slice(recordNamespace.length + 1) : fullName;
  const fields = envelopeFields(schema);
  const nothing: UnknownEvent = { type: 'Unknown', eventType, eventId: null, orderId: null, version: null };
  if (fields.length === 0) return () => nothing;
  const reader = avroType({ type: 'record', name: fullName, fields });
  const resolver = reader.createResolver(writer);
  return (wire) => ({ ...nothing, ...(decodeBody(wire, reader, resolver) as Partial<UnknownEvent>) });
};

/**
 * Compiles what reads one writer's schema into today's records: costly (a millisecond or so), so once per schema id.
 * A record that is not ours gives a reader of `UnknownEvent`. Throws `unreadable_schema`.
 */
export const schemaReader = (schemaText: string): SchemaReader => {
  try {
    const schema = JSON.parse(schemaText) as WriterSchema;
    const writer = avroType(schema);
    const [namespace, type] = splitName(writer.name ?? '');
    return namespace === recordNamespace && isEventType(type)
      ? knownReader(type, writer)
      : unknownReader(writer, schema);
  } catch (cause) {
    throw new ContractError('unreadable_schema', 'the schema cannot be read as Avro, or not as our record', { cause });
  }
};

const splitName = (fullName: string): [namespace: string, name: string] => {
  const dot = fullName.lastIndexOf('.');
  return [fullName.slice(0, Math.max(dot, 0)), fullName.slice(dot + 1)];
};
