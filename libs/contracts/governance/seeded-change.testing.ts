type Field = { name: string; type: unknown; doc: string; default?: unknown; aliases?: string[] };
export type RecordSchema = { name: string; namespace: string; doc: string; fields: Field[]; aliases?: string[] };

/** A change of one schema; undefined where the schema has nothing that it applies to. */
export type SeededChange = {
  readonly name: string;
  readonly change: (schema: RecordSchema) => RecordSchema | undefined;
  /** Of a breaking change: what its explanation says. */
  readonly says?: RegExp;
};

const envelopeEnd = ({ fields }: RecordSchema): number => fields.findIndex(({ name }) => name === 'aggregateType');
export const isOptional = ({ type }: Field): boolean => Array.isArray(type);
const own = (schema: RecordSchema): Field[] => schema.fields.slice(envelopeEnd(schema) + 1);

export const withField = (
  schema: RecordSchema,
  name: string,
  change: (field: Field) => Field | undefined,
): RecordSchema => ({
  ...schema,
  fields: schema.fields.flatMap((field) => (field.name === name ? (change(field) ?? []) : [field])),
});

export const ofOwn =
  (fits: (field: Field) => boolean, change: (field: Field) => Field | undefined): SeededChange['change'] =>
  (schema) => {
    const field = own(schema).find(fits);
    return field && withField(schema, field.name, change);
  };

export const ofEnvelope =
  (name: string, change: (field: Field) => Field | undefined): SeededChange['change'] =>
  (schema) =>
    withField(schema, name, change);

export const added =
  (...fields: Partial<Field>[]): SeededChange['change'] =>
  (schema) => ({
    ...schema,
    fields: [...schema.fields, ...fields.map((field) => ({ doc: 'New.', ...field }) as Field)],
  });

/** Changes a record inside the schema, wherever it is used. */
export const inNested =
  (name: string, change: (record: RecordSchema) => object): SeededChange['change'] =>
  (schema) => {
    const before = JSON.stringify(schema);
    const after = JSON.stringify(schema, (_, value: unknown) => {
      const record = value as RecordSchema | null;
      return record?.name === name && Array.isArray(record.fields) ? change(record) : value;
    });
    return after === before ? undefined : (JSON.parse(after) as RecordSchema);
  };

type Definitions = Map<string, unknown>;

const visit = (value: unknown, named: (record: RecordSchema) => unknown, name: (text: string) => unknown): unknown => {
  if (typeof value === 'string') return name(value);
  if (Array.isArray(value)) return value.map((item) => visit(item, named, name));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray((value as RecordSchema).fields)) return named(value as RecordSchema);
  const { type, items } = value as { type: unknown; items?: unknown };
  return type === 'array' ? { ...value, items: visit(items, named, name) } : value;
};

const expand = (schema: unknown, definitions: Definitions): unknown =>
  visit(
    schema,
    (record) => {
      const fields = record.fields.map((field) => ({ ...field, type: expand(field.type, definitions) }));
      const expanded = { ...record, fields };
      definitions.set(record.name, expanded);
      return expanded;
    },
    (text) => definitions.get(text.replace(/^.*\./u, '')) ?? text,
  );

const collapse = (schema: unknown, defined: Set<string>): unknown =>
  visit(
    schema,
    (record) => {
      if (defined.has(record.name)) return [record.namespace, record.name].filter(Boolean).join('.');
      defined.add(record.name);
      return { ...record, fields: record.fields.map((field) => ({ ...field, type: collapse(field.type, defined) })) };
    },
    (text) => text,
  );

/** The schema after the change, self-contained again: where a changed field was the first to name a record, the next one is. */
export const seeded = ({ change }: SeededChange, schema: unknown): unknown => {
  const changed = change(expand(structuredClone(schema), new Map()) as RecordSchema);
  return changed && collapse(changed, new Set());
};

export const isText = ({ type }: Field): boolean => type === 'string';
export const isLong = ({ type }: Field): boolean => type === 'long';
export const withoutDefault = ({ name, type, doc }: Field): Field => ({ name, type, doc });
export const retyped =
  (type: unknown) =>
  (field: Field): Field => ({ ...field, type });
