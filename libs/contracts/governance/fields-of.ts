type Json = Readonly<Record<string, unknown>>;

/** One field of a record, however deep: `type` in a word, with its logical type; `aliases` it is also read from. */
export type FieldFacts = {
  readonly path: string;
  readonly type: string;
  readonly default: unknown;
  readonly aliases: readonly string[];
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const logically = (schema: Json, plain: string): string =>
  typeof schema['logicalType'] === 'string' ? `${plain} (${schema['logicalType']})` : plain;

/** What a value means on the wire: two fields of one spelling are read alike by every reader, in every language. */
const spellMeaning = (schema: unknown): string => {
  if (Array.isArray(schema)) return schema.map(spellMeaning).sort().join(' or ');
  if (!isObject(schema)) return String(schema).replace(/^.*\./u, '');
  if (schema['type'] === 'array') return `list of ${spellMeaning(schema['items'])}`;
  if (schema['type'] === 'map') return `map of ${spellMeaning(schema['values'])}`;
  if (typeof schema['name'] === 'string') return schema['name'];
  return logically(schema, spellMeaning(schema['type']));
};

const recordsIn = (schema: unknown, path: string): [Json, string][] => {
  if (Array.isArray(schema)) return schema.flatMap((branch) => recordsIn(branch, path));
  if (!isObject(schema)) return [];
  if (schema['type'] === 'array') return recordsIn(schema['items'], `${path}[]`);
  if (schema['type'] === 'map') return recordsIn(schema['values'], `${path}[]`);
  return schema['type'] === 'record' ? [[schema, path]] : recordsIn(schema['type'], path);
};

/** Every field of a self-contained schema, those of records inside it at the place where they are defined. */
export const fieldsOf = (schema: unknown, path = ''): FieldFacts[] =>
  recordsIn(schema, path).flatMap(([record, place]) =>
    ((record['fields'] ?? []) as Json[]).flatMap((field) => {
      const at = place === '' ? String(field['name']) : `${place}.${String(field['name'])}`;
      const facts: FieldFacts = {
        path: at,
        type: spellMeaning(field['type']),
        default: field['default'],
        aliases: (field['aliases'] ?? []) as string[],
      };
      return [facts, ...fieldsOf(field['type'], at)];
    }),
  );
