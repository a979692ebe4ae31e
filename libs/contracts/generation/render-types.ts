import type { AvroField, AvroSchema } from '../src/avro-schema.ts';
import { isInstant, isUnion } from '../src/avro-schema.ts';
import { storedEnvelopeFields } from '../src/stored-envelope.ts';
import type { SourceSchemas } from './source-schemas.ts';

type Rendering = { readonly instant: string; readonly bytes: string; readonly prefix: string };

const inRecord: Rendering = { instant: 'number', bytes: 'Buffer', prefix: '' };
const inStoredJson: Rendering = { instant: 'string', bytes: 'string', prefix: 'Stored' };
const primitives: Readonly<Record<string, string>> = { null: 'null', string: 'string', int: 'number', long: 'number' };

const renderType = (schema: AvroSchema, rendering: Rendering): string => {
  if (isInstant(schema)) return rendering.instant;
  if (isUnion(schema)) return schema.map((branch) => renderType(branch, rendering)).join(' | ');
  if (typeof schema !== 'string') {
    return schema.type === 'array'
      ? `readonly ${renderType(schema.items, rendering)}[]`
      : renderType(schema.type, rendering);
  }
  return schema === 'bytes' ? rendering.bytes : (primitives[schema] ?? `${rendering.prefix}${schema}`);
};

const unit = ({ type }: AvroField, rendering: Rendering): string => {
  if (type === 'bytes' && rendering === inStoredJson) return ' Ciphertext is in base64.';
  if (!isInstant(type)) return '';
  return rendering === inRecord ? ' Epoch milliseconds.' : ' RFC 3339.';
};

const renderFields = (fields: readonly AvroField[], rendering: Rendering): string =>
  fields
    .map(
      (field) =>
        `  /** ${field.doc}${unit(field, rendering)} */\n  readonly ${field.name}: ${renderType(field.type, rendering)};\n`,
    )
    .join('');

const header = '// Generated from schemas/avro by libs/contracts/generate.ts: change the schemas and run it again.\n';

/** TypeScript types of the records, as a projector reads them. */
export const renderEvents = ({ events, shared, envelope }: SourceSchemas): string => {
  const records = [...shared.values()].map(
    (record) => `/** ${record.doc} */\nexport type ${record.name} = {\n${renderFields(record.fields, inRecord)}};\n`,
  );
  const unions = [...events.values()].map((record) => {
    const own = renderFields(record.fields.slice(envelope.length), inRecord);
    return `/** ${record.doc} */\nexport type ${record.name} = Envelope & {\n  readonly type: '${record.name}';\n${own}};\n`;
  });
  const names = [...events.keys()];
  return [
    header,
    ...records,
    `/** What every event carries beside its own fields. */\nexport type Envelope = {\n${renderFields(envelope, inRecord)}};\n`,
    ...unions,
    `export type ContractEvent =\n${names.map((name) => `  | ${name}`).join('\n')};\n`,
  ].join('\n');
};

/** TypeScript types of the JSON in the event table's column `data`, at each event's present schema version. */
export const renderStored = ({ events, shared, envelope }: SourceSchemas): string => {
  const own = [...events.values()].map((record) => {
    const beside = envelope.filter((field) => storedEnvelopeFields[record.name]?.includes(field.name));
    return { name: record.name, fields: [...beside, ...record.fields.slice(envelope.length)] };
  });
  const text = JSON.stringify(own);
  const reached = [...shared.values()].filter((record) => text.includes(`"${record.name}"`));
  const records = reached.map(
    (record) =>
      `/** ${record.doc} */\nexport type Stored${record.name} = {\n${renderFields(record.fields, inStoredJson)}};\n`,
  );
  const members = own.map(({ name, fields }) =>
    fields.length === 0
      ? `  readonly ${name}: Readonly<Record<string, never>>;\n`
      : `  readonly ${name}: {\n${renderFields(fields, inStoredJson).replace(/^/gmu, '  ').trimEnd()}\n  };\n`,
  );
  const map = `/** Stored JSON of every event type at its present schema version. */\nexport type StoredFields = {\n${members.join('')}};\n`;
  return [header, ...records, map].join('\n');
};
