import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentSchemas, publicationFaults } from '../generation/published.ts';
import { compareContract, type VersionedSchema } from './compare-contract.ts';
import type { ContractChange } from './contract-change.ts';

/** The schema of every version that ever was on the topic, from schemas/fixtures/avro. */
export const publishedSchemas = (schemasFolder: string): VersionedSchema[] => {
  const folder = join(schemasFolder, 'fixtures', 'avro');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const { type, schemaVersion, schema } = JSON.parse(text) as VersionedSchema;
      return { type, schemaVersion, schema };
    });
};

export type ContractReview = {
  readonly changes: readonly ContractChange[];
  /** What schemas/published.json finds wrong: versions not raised, fixtures missing or changed. */
  readonly faults: readonly string[];
};

/** schemas/avro compared with everything that was published. Throws when the files are no contract at all. */
export const reviewContract = (schemasFolder: string): ContractReview => ({
  changes: compareContract(publishedSchemas(schemasFolder), currentSchemas(schemasFolder)),
  faults: publicationFaults(schemasFolder),
});
