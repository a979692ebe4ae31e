import { fingerprint } from './fingerprint.ts';
import { renderEvents, renderStored } from './render-types.ts';
import type { SourceSchemas } from './source-schemas.ts';
import { readSourceSchemas, selfContained } from './source-schemas.ts';

const renderSchemas = ({ events, shared }: SourceSchemas): string => {
  const entries = [...events.values()].map((event) => {
    const schema = selfContained(event, shared);
    const facts = {
      schemaVersion: event.schemaVersion,
      fingerprint: fingerprint(schema),
      schema: JSON.stringify(schema),
    };
    const lines = Object.entries(facts).map(([key, value]) => `    ${key}: ${JSON.stringify(value)},\n`);
    return `  ${event.name}: {\n${lines.join('')}  },\n`;
  });
  const header = '// Generated from schemas/avro by libs/contracts/generate.ts: change the schemas and run it again.\n';
  const doc = '/** The schema that every event type is registered with, as JSON text. */';
  return `${header}\n${doc}\nexport const registeredSchemas = {\n${entries.join('')}} as const;\n`;
};

/** What src/generated has to hold for the schemas in `folder`: file name to text. */
export const generatedFiles = (folder: string): ReadonlyMap<string, string> => {
  const schemas = readSourceSchemas(folder);
  return new Map([
    ['events.ts', renderEvents(schemas)],
    ['stored.ts', renderStored(schemas)],
    ['schemas.ts', renderSchemas(schemas)],
  ]);
};
