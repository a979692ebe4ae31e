/**
 * Every test there is, project by project: `npm test`, or `npm test -- unit src/decide` for one project and a file filter.
 * Ends with `N passed, N failed` alone on a line. A file that cannot be loaded, a set-up that fails and a test that was
 * skipped each count as failed.
 */
import { startVitest, type TestModule, type Vitest } from 'vitest/node';

const allProjects = ['unit', 'integration', 'pipeline', 'campaign'] as const;
type Tally = { passed: number; failed: number };

const tallyOf = (modules: readonly TestModule[]): Tally => {
  const tally = { passed: 0, failed: 0 };
  for (const module of modules) {
    const tests = [...module.children.allTests()];
    tally.passed += tests.filter((test) => test.result().state === 'passed').length;
    tally.failed += tests.filter((test) => test.result().state !== 'passed').length;
    if (!module.ok() && tests.every((test) => test.ok())) tally.failed += 1;
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
    const strays = vitest.state.getUnhandledErrors().length;
    const nothingRan = tally.passed + tally.failed === 0 && filters.length === 0 ? 1 : 0;
    return { passed: tally.passed, failed: tally.failed + strays + nothingRan };
  } catch (error) {
    console.error(`The ${project} tests could not run:`, error);
    return { passed: 0, failed: 1 };
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
const total: Tally = { passed: 0, failed: 0 };
for (const project of chosen.length > 0 ? chosen : possible) {
  const tally = await runProject(project, filters);
  total.passed += tally.passed;
  total.failed += tally.failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
