import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const stackFree = [
  'apps/**/*.spec.ts',
  'libs/**/*.spec.ts',
  'infra/**/*.spec.ts',
  'test/{architecture,contract,load,campaign,observability,security}/**/*.spec.ts',
];
const onStack = ['**/*.int.spec.ts', '**/*.e2e.spec.ts', '**/*.campaign.spec.ts', '**/node_modules/**'];

const isLast = (file: string): boolean => file.includes('/test/contract/');
const placeOf = ({ moduleId }: TestSpecification): string => `${isLast(moduleId) ? 1 : 0} ${moduleId}`;

/**
 * Files that share the stack run in the order of their names, the same in every run. Those that leave orders of other builds on
 * the topic come last: whoever holds whole read models to the event table cannot tell what such orders make of them.
 */
class PipelineSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files.filter(({ project }) => project.name !== 'pipeline'));
    const onStack = files.filter(({ project }) => project.name === 'pipeline');
    return [...sorted, ...onStack.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))];
  }
}

/** unit: no server · integration: one PostgreSQL for the run, one database per file · pipeline: the whole stack · campaign: one of its own, under faults. */
export default defineConfig({
  test: {
    sequence: { sequencer: PipelineSequencer },
    projects: [
      { test: { name: 'unit', include: stackFree, exclude: onStack, environment: 'node', testTimeout: 30_000 } },
      {
        test: {
          name: 'integration',
          include: ['**/*.int.spec.ts'],
          exclude: ['**/node_modules/**'],
          environment: 'node',
          globalSetup: ['test/support/postgres-for-run.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'pipeline',
          include: ['test/**/*.e2e.spec.ts'],
          exclude: ['**/node_modules/**'],
          environment: 'node',
          globalSetup: ['test/support/stack-for-run.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'campaign',
          include: ['test/campaign/*.campaign.spec.ts'],
          exclude: ['**/node_modules/**'],
          environment: 'node',
        },
      },
    ],
  },
});
