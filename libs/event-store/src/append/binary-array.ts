/** How an element of a PostgreSQL array travels in binary: the oid of its type, and its bytes. */
export type ElementType<T> = { readonly oid: number; readonly bytes: (value: T) => Buffer };

export const integer: ElementType<number> = {
  oid: 23,
  bytes: (value) => {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeInt32BE(value);
    return bytes;
  },
};
export const uuid: ElementType<string> = { oid: 2950, bytes: (value) => Buffer.from(value.replaceAll('-', ''), 'hex') };
export const text: ElementType<string> = { oid: 25, bytes: (value) => Buffer.from(value) };
export const bytea: ElementType<Buffer> = { oid: 17, bytes: (value) => value };
const JSONB_VERSION = '\u0001';
export const jsonb: ElementType<unknown> = {
  oid: 3802,
  bytes: (value) => Buffer.from(JSONB_VERSION + JSON.stringify(value)),
};

const HEADER_LENGTH = 20;

/**
 * One column of `rows` as a one-dimensional array without nulls in PostgreSQL's binary format (array_recv). pg sends a Buffer as it is, which
 * spares both sides the escaping of text arrays: half of the client's and a tenth of the server's time of a large flush.
 */
export const binaryArray = <Row, T>(type: ElementType<T>, rows: readonly Row[], column: (row: Row) => T): Buffer => {
  const elements = rows.map((row) => type.bytes(column(row)));
  if (elements.length === 0) return header(type.oid, 0).subarray(0, 12);
  const length = elements.reduce((sum, element) => sum + 4 + element.length, HEADER_LENGTH);
  const array = Buffer.allocUnsafe(length);
  header(type.oid, elements.length).copy(array);
  let offset = HEADER_LENGTH;
  for (const element of elements) {
    offset = array.writeInt32BE(element.length, offset);
    offset += element.copy(array, offset);
  }
  return array;
};

/** Dimensions, has-nulls flag, element type, then (of the one dimension) its size and lower bound. */
const header = (oid: number, size: number): Buffer => {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  bytes.writeInt32BE(size === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(oid, 8);
  bytes.writeInt32BE(size, 12);
  bytes.writeInt32BE(1, 16);
  return bytes;
};
