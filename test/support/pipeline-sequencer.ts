import { BaseSequencer, type TestSpecification } from 'vitest/node';

const isLast = (file: string): boolean => file.includes('/test/contract/');
const placeOf = ({ moduleId }: TestSpecification): string => `${isLast(moduleId) ? 1 : 0} ${moduleId}`;

/**
 * Files that share the stack run in the order of their names, the same in every run. Those that leave orders of other builds on
 * the topic come last: whoever holds whole read models to the event table cannot tell what such orders make of them.
 */
export class PipelineSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files.filter(({ project }) => project.name !== 'pipeline'));
    const onStack = files.filter(({ project }) => project.name === 'pipeline');
    return [...sorted, ...onStack.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))];
  }
}
