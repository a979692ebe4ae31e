/**
 * Every test there is, project by project: `npm test`, or `npm test -- unit src/decide` for one project and a file filter.
 * Ends with `N passed, N failed` alone on a line. A file that cannot be loaded, a set-up that fails and a test that was
 * skipped each count as failed.
 */
import { inspect } from 'node:util';
import { startVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node';

const allProjects = ['unit', 'integration', 'pipeline', 'campaign'] as const;
/** `failures` says each failed test again in a few lines: the end of a long log is what a reader sees. */
type Tally = { passed: number; failures: string[] };

const reasonIn = (errors: readonly { message: string }[] | undefined): string =>
  (errors ?? []).map(({ message }) => `    ${message.split('\n').slice(0, 5).join('\n    ')}`).join('\n');

const failedTest = (test: TestCase): string =>
  `  ${test.module.relativeModuleId} > ${test.fullName} (${test.result().state})\n${reasonIn(test.result().errors)}`;

const tallyOf = (modules: readonly TestModule[]): Tally => {
  const tally: Tally = { passed: 0, failures: [] };
  for (const module of modules) {
    const tests = [...module.children.allTests()];
    const failed = tests.filter((test) => test.result().state !== 'passed');
    tally.passed += tests.length - failed.length;
    tally.failures.push(...failed.map(failedTest));
    if (!module.ok() && tests.every((test) => test.ok())) {
      tally.failures.push(`  ${module.relativeModuleId}\n${reasonIn(module.errors())}`);
    }
  }
  return tally;
};

const runProject = async (project: string, filters: string[]): Promise<Tally> => {
  let vitest: Vitest | undefined;
  try {
    vitest = await startVitest(filters, {
      project: [project],
      watch: false,
      passWithNoTests: filters.length > 0,
      reporters: ['default'],
    });
    const tally = tallyOf(vitest.state.getTestModules());
    const strays = vitest.state.getUnhandledErrors().map((error) => `  outside a test: ${String(error)}`);
    tally.failures.push(...strays);
    if (tally.passed + tally.failures.length === 0 && filters.length === 0) {
      tally.failures.push(`  the ${project} tests: none was found`);
    }
    return tally;
  } catch (error) {
    return { passed: 0, failures: [`  the ${project} tests could not run: ${inspect(error)}`] };
  } finally {
    await vitest?.close();
  }
};

const words = process.argv.slice(2);
const chosen = allProjects.filter((project) => words.includes(project));
/** Faults are done to processes of this machine. */
const isNative = (process.env['ORDERLINE_STACK'] ?? 'native') === 'native';
const possible = allProjects.filter((project) => project !== 'campaign' || isNative);
const filters = words.filter((word) => !(allProjects as readonly string[]).includes(word));
const total: Tally = { passed: 0, failures: [] };
for (const project of chosen.length > 0 ? chosen : possible) {
  const tally = await runProject(project, filters);
  total.passed += tally.passed;
  total.failures.push(...tally.failures);
}
if (total.failures.length > 0) console.log(`\nFailed:\n${total.failures.join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failures.length} failed`);
process.exit(total.failures.length === 0 && total.passed > 0 ? 0 : 1);
