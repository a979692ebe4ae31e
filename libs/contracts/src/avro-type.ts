import avsc from 'avsc';

/** What avsc hands to a type's `_read` and `_skip`: the buffer and the place in it. Not part of avsc's typings. */
type Tap = {
  readonly buf: Buffer;
  pos: number;
  readLong(): number;
  readString(): string;
  skipLong(): void;
  skipString(): void;
};
type Readable = { _read(tap: Tap): unknown; _skip(tap: Tap): void };

/** Entries of the next block, 0 at the end. An entry of any record of ours takes a byte at least. */
const blockLength = (tap: Tap): number => {
  const count = tap.readLong();
  if (count < 0) tap.skipLong();
  const entries = Math.abs(count);
  if (entries > tap.buf.length - tap.pos) throw new RangeError('a block claims more entries than there are bytes');
  return entries;
};

// avsc believes the entry count that the bytes claim, so that a few garbage bytes would loop or allocate for ever
// (and a negative block size would skip backwards). `_read` and `_skip` are avsc internals: its version is pinned.
class BoundedArray extends avsc.types.ArrayType {
  _read(tap: Tap): unknown[] {
    const items = this.itemsType as unknown as Readable;
    const values: unknown[] = [];
    for (let left = blockLength(tap); left > 0; left = blockLength(tap)) {
      while (left-- > 0) values.push(items._read(tap));
    }
    return values;
  }

  _skip(tap: Tap): void {
    const items = this.itemsType as unknown as Readable;
    for (let left = blockLength(tap); left > 0; left = blockLength(tap)) {
      while (left-- > 0) items._skip(tap);
    }
  }
}

class BoundedMap extends avsc.types.MapType {
  _read(tap: Tap): Record<string, unknown> {
    const values = this.valuesType as Readable;
    const entries: [string, unknown][] = [];
    for (let left = blockLength(tap); left > 0; left = blockLength(tap)) {
      while (left-- > 0) entries.push([tap.readString(), values._read(tap)]);
    }
    return Object.fromEntries(entries);
  }

  _skip(tap: Tap): void {
    const values = this.valuesType as Readable;
    for (let left = blockLength(tap); left > 0; left = blockLength(tap)) {
      while (left-- > 0) {
        tap.skipString();
        values._skip(tap);
      }
    }
  }
}

/**
 * Compiles a schema (parsed JSON) into an avsc type whose reading is bounded by its buffer. Timestamps stay epoch
 * milliseconds, longs are numbers and outside the safe integers an error. Throws avsc's error on a wrong schema.
 */
export const avroType = (schema: unknown): avsc.Type =>
  avsc.Type.forSchema(schema as avsc.schema.AvroSchema, {
    omitRecordMethods: true,
    typeHook: (inner, options) => {
      if (typeof inner !== 'object' || !('type' in inner)) return undefined;
      if (inner.type === 'array') return new BoundedArray(inner, options);
      return inner.type === 'map' ? new BoundedMap(inner, options) : undefined;
    },
  });
