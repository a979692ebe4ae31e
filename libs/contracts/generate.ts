import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generation/generated-files.ts';

const target = join(import.meta.dirname, 'src', 'generated');
mkdirSync(target, { recursive: true });
for (const [file, text] of generatedFiles(join(import.meta.dirname, '..', '..', 'schemas', 'avro'))) {
  writeFileSync(join(target, file), text);
  console.log(`wrote src/generated/${file}`);
}
