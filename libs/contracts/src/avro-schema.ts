/** The part of Avro's schema language that the contract uses, as parsed JSON. */
export type AvroSchema = string | AvroPrimitive | AvroArray | AvroRecord | readonly AvroSchema[];

export type AvroPrimitive = { readonly type: 'int' | 'long' | 'string' | 'bytes'; readonly logicalType?: string };

export type AvroArray = { readonly type: 'array'; readonly items: AvroSchema };

export type AvroField = {
  readonly name: string;
  readonly type: AvroSchema;
  readonly doc: string;
  readonly default?: unknown;
};

export type AvroRecord = {
  readonly type: 'record';
  readonly name: string;
  readonly namespace: string;
  readonly doc: string;
  /** Only records that are events have one. */
  readonly schemaVersion?: number;
  readonly fields: readonly AvroField[];
};

export const isUnion = (schema: AvroSchema): schema is readonly AvroSchema[] => Array.isArray(schema);

/** Epoch milliseconds in a record, RFC 3339 in stored JSON. */
export const isInstant = (schema: AvroSchema): boolean =>
  typeof schema === 'object' && 'logicalType' in schema && schema.logicalType === 'timestamp-millis';
