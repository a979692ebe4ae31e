import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { asyncApiOf } from './generation/async-api.ts';
import { generatedFiles } from './generation/generated-files.ts';

const repository = join(import.meta.dirname, '..', '..');
const schemas = join(repository, 'schemas');
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as { version: string };

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${relative(repository, path)}`);
};

for (const [file, text] of generatedFiles(join(schemas, 'avro'))) {
  write(join(import.meta.dirname, 'src', 'generated', file), text);
}
write(join(schemas, 'asyncapi', 'domain-events.orders.json'), asyncApiOf(repository, version));
