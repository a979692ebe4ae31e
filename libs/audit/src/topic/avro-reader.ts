/** Where one is in the bytes of a record. */
export class Cursor {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError('the bytes end in the middle of a value');
    this.at += 1;
    return byte;
  }

  /** A zig-zag number; whole ones beyond 2^53 are no amount, count or time of ours. */
  long(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
      if (scale > 2 ** 56) throw new RangeError('a number of more than 64 bits');
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  take(length: number): Buffer {
    if (length < 0 || length > this.bytes.length - this.at) throw new RangeError('a length beyond the end');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(): string {
    return this.take(this.long()).toString('utf8');
  }
}

type Reader = (cursor: Cursor) => unknown;
type Named = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly name?: string;
  readonly namespace?: string;
};
type Field = { readonly name: string; readonly type: unknown };

/**
 * Compiles a writer's schema into a reader of its records, as the Avro specification has it, in the shape in which the event
 * table keeps them: instants as RFC 3339, a Personal's value as text (base64 under a key). Written anew here, so that a
 * fault of the codec that writer and readers share is seen. Throws on a schema that it cannot read.
 */
export const avroReader = (
  schemaText: string,
): ((bytes: Buffer, from: number) => Readonly<Record<string, unknown>>) => {
  const read = readerOf(JSON.parse(schemaText), '', new Map());
  return (bytes, from) => {
    const cursor = new Cursor(bytes, from);
    const value = read(cursor);
    if (cursor.at !== bytes.length) throw new RangeError('there are bytes after the record');
    return value as Readonly<Record<string, unknown>>;
  };
};

const readerOf = (schema: unknown, space: string, known: Map<string, Reader>): Reader => {
  if (typeof schema === 'string') return plain[schema] ?? named(schema, space, known);
  if (Array.isArray(schema)) return unionOf(schema.map((branch) => readerOf(branch, space, known)));
  const { type } = schema as Named;
  const complex = complexReaders[type];
  if (complex !== undefined) return complex(schema as Named, space, known);
  const logical = (schema as Named)['logicalType'];
  if (logical === 'timestamp-millis') return (cursor) => new Date(cursor.long()).toISOString();
  return readerOf(type, space, known);
};

const plain: Readonly<Record<string, Reader>> = {
  null: () => null,
  boolean: (cursor) => cursor.byte() === 1,
  int: (cursor) => cursor.long(),
  long: (cursor) => cursor.long(),
  string: (cursor) => cursor.text(),
  bytes: (cursor) => cursor.take(cursor.long()),
  float: (cursor) => cursor.take(4).readFloatLE(),
  double: (cursor) => cursor.take(8).readDoubleLE(),
};

const fullName = (name: string, space: string): string =>
  name.includes('.') || space === '' ? name : `${space}.${name}`;

const named = (name: string, space: string, known: Map<string, Reader>): Reader => {
  const reader = known.get(fullName(name, space)) ?? known.get(name);
  if (reader === undefined) throw new TypeError(`the schema does not say what ${name} is`);
  return reader;
};

const unionOf =
  (branches: readonly Reader[]): Reader =>
  (cursor) => {
    const branch = branches[cursor.long()];
    if (branch === undefined) throw new RangeError('a branch that the union does not have');
    return branch(cursor);
  };

type Complex = (schema: Named, space: string, known: Map<string, Reader>) => Reader;

const recordOf: Complex = (schema, outer, known) => {
  const space = schema.namespace ?? outer;
  const name = fullName(schema.name ?? '', space);
  let fields: readonly (readonly [string, Reader])[] = [];
  const read: Reader = (cursor) => {
    const record: Record<string, unknown> = {};
    for (const [field, readField] of fields) record[field] = readField(cursor);
    return record;
  };
  // Named before its fields are read: they may refer to it.
  const reader = name.endsWith('.Personal') ? (cursor: Cursor): unknown => asText(read(cursor)) : read;
  known.set(name, reader);
  fields = (schema['fields'] as readonly Field[]).map(
    (field) => [field.name, readerOf(field.type, space, known)] as const,
  );
  return reader;
};

const asText = (personal: unknown): unknown => {
  const { keyId, value } = personal as { keyId: string | null; value: Buffer };
  return { keyId, value: value.toString(keyId === null ? 'utf8' : 'base64') };
};

/** How many entries the next block has; 0 ends the list. An entry of ours takes a byte at least, whatever the bytes claim. */
const blockOf = (cursor: Cursor): number => {
  const count = cursor.long();
  if (count < 0) cursor.long();
  if (Math.abs(count) > cursor.bytes.length - cursor.at) throw new RangeError('more entries than bytes');
  return Math.abs(count);
};

const entriesOf = (cursor: Cursor, readEntry: () => void): void => {
  for (let left = blockOf(cursor); left > 0; left = blockOf(cursor)) {
    for (; left > 0; left -= 1) readEntry();
  }
};

const complexReaders: Readonly<Record<string, Complex>> = {
  record: recordOf,
  array: (schema, space, known) => {
    const item = readerOf(schema['items'], space, known);
    return (cursor) => {
      const items: unknown[] = [];
      entriesOf(cursor, () => items.push(item(cursor)));
      return items;
    };
  },
  map: (schema, space, known) => {
    const value = readerOf(schema['values'], space, known);
    return (cursor) => {
      const entries: Record<string, unknown> = {};
      entriesOf(cursor, () => (entries[cursor.text()] = value(cursor)));
      return entries;
    };
  },
  enum: (schema, space, known) => {
    const symbols = schema['symbols'] as readonly string[];
    const reader: Reader = (cursor) => symbols[cursor.long()];
    known.set(fullName(schema.name ?? '', schema.namespace ?? space), reader);
    return reader;
  },
  fixed: (schema, space, known) => {
    const reader: Reader = (cursor) => cursor.take(schema['size'] as number);
    known.set(fullName(schema.name ?? '', schema.namespace ?? space), reader);
    return reader;
  },
};
