import { join } from 'node:path';
import { avroFixtureOf } from './generation/avro-fixture.ts';
import { publicationFaults, publish } from './generation/published.ts';

const schemas = join(import.meta.dirname, '..', '..', 'schemas');
const published = publish(schemas, avroFixtureOf(schemas));
console.log(published.length > 0 ? `published ${published.join(', ')}` : 'nothing to publish');
const faults = publicationFaults(schemas);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
