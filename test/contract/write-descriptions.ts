/** `npm run describe`: writes the description of every app's HTTP routes to schemas/openapi. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApps, openapiFolder } from './describe-apps.ts';

const descriptions = await describeApps();
rmSync(openapiFolder, { recursive: true, force: true });
mkdirSync(openapiFolder, { recursive: true });
for (const [file, text] of descriptions) {
  writeFileSync(join(openapiFolder, file), text);
  console.log(`wrote schemas/openapi/${file}`);
}
