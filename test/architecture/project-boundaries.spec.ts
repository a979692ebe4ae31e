import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

type Config = { rules: { '@nx/enforce-module-boundaries': [number, { depConstraints: { sourceTag: string }[] }] } };
type Planted = { tag: string; file: string; code: string };

/** One forbidden import per constraint of eslint.config.js, each seen from a file that stands in such a project. */
const planted: Planted[] = [
  { tag: 'type:value', file: 'libs/money/src/planted.ts', code: "import '@orderline/ordering';" },
  { tag: 'type:domain', file: 'libs/ordering/src/planted.ts', code: "import '@orderline/postgres';" },
  { tag: 'type:contract', file: 'libs/contracts/src/planted.ts', code: "import '@orderline/ordering';" },
  { tag: 'type:test', file: 'libs/testing/src/planted.ts', code: "import '@orderline/ordering';" },
  { tag: 'infra:postgres', file: 'libs/postgres/src/planted.ts', code: "import '@orderline/contracts';" },
  { tag: 'infra:kafka', file: 'libs/kafka/src/planted.ts', code: "import '@orderline/contracts';" },
  { tag: 'infra:service-host', file: 'libs/service-host/src/planted.ts', code: "import '@orderline/postgres';" },
  { tag: 'infra:event-store', file: 'libs/event-store/src/planted.ts', code: "import '@orderline/ordering';" },
  { tag: 'infra:projection', file: 'libs/projection/src/planted.ts', code: "import '@orderline/event-store';" },
  { tag: 'infra:audit', file: 'libs/audit/src/planted.ts', code: "import '@orderline/projection';" },
  { tag: 'infra:load', file: 'libs/load/src/planted.ts', code: "import '@orderline/event-store';" },
  { tag: 'infra:projector-host', file: 'libs/projector-host/src/planted.ts', code: "import '@orderline/event-store';" },
  { tag: 'type:read-model', file: 'libs/read-models/src/planted.ts', code: "import '@orderline/ordering';" },
  { tag: 'app:command', file: 'apps/order-command/src/planted.ts', code: "import '@orderline/kafka';" },
  { tag: 'app:projector', file: 'apps/order-summary-projector/src/planted.ts', code: "import '@orderline/ordering';" },
  { tag: 'app:supervisor', file: 'apps/relay-supervisor/src/planted.ts', code: "import '@orderline/event-store';" },
  { tag: 'app:console', file: 'apps/console/src/planted.ts', code: "import '@orderline/projection';" },
  { tag: 'app:tool', file: 'apps/orderline/src/planted.ts', code: "import '@orderline/event-store';" },
  { tag: 'type:test-stack', file: 'test/pipeline/planted.ts', code: "import '@orderline/ordering';" },
  { tag: 'type:bench', file: 'test/bench/planted.ts', code: "import '@orderline/money';" },
  { tag: 'type:stack', file: 'infra/local/src/planted.ts', code: "import '@orderline/projection';" },
];

const untyped = tseslint.configs.disableTypeChecked;
const lint = new ESLint({
  overrideConfig: [
    {
      files: ['**/planted.ts'],
      ...untyped,
      languageOptions: { parserOptions: { projectService: false, project: null } },
    },
  ],
});

const rulesFiredBy = async (code: string, filePath: string): Promise<(string | null)[]> => {
  const [result] = await lint.lintText(code, { filePath });
  return (result?.messages ?? []).map((message) => message.ruleId);
};

beforeAll(() => {
  execFileSync('nx', ['show', 'projects'], { env: { ...process.env, NX_DAEMON: 'false' }, stdio: 'ignore' });
}, 60_000);

describe('a project imports only what its tag allows', () => {
  it.each(planted)('$tag: $code is refused in $file', async ({ file, code }) => {
    expect(await rulesFiredBy(code, file)).toContain('@nx/enforce-module-boundaries');
  });

  it('lets an allowed import through', async () => {
    const fired = await rulesFiredBy("import '@orderline/contracts';", 'libs/projection/src/planted.ts');
    expect(fired).not.toContain('@nx/enforce-module-boundaries');
  });

  it('has a planted violation for every constraint', async () => {
    const config = (await lint.calculateConfigForFile('libs/kafka/src/planted.ts')) as Config;
    const [, { depConstraints }] = config.rules['@nx/enforce-module-boundaries'];
    expect(planted.map(({ tag }) => tag).sort()).toEqual(depConstraints.map(({ sourceTag }) => sourceTag).sort());
  });
});

describe('the rules of naming, purity and wiring fire', () => {
  const refused: [string, string, string, string][] = [
    ['a Manager', 'no-restricted-syntax', 'libs/kafka/src/planted.ts', 'export class OfferManager { x = 1; }'],
    ['export *', 'no-restricted-syntax', 'libs/kafka/src/planted.ts', "export * from './x.ts';"],
    ['a default export', 'no-restricted-exports', 'libs/kafka/src/planted.ts', 'const a = 1; export default a;'],
    [
      'settings read outside config.ts',
      'no-restricted-syntax',
      'libs/kafka/src/planted.ts',
      "export const x = process.env['HOME'];",
    ],
    [
      'an app loaded by a path made at run time',
      'no-restricted-syntax',
      'apps/orderline/src/planted.ts',
      "const name = 'app'; export const app: unknown = await import(`../../order-command/src/${name}.ts`);",
    ],
    [
      'a clock in the order rules',
      'no-restricted-properties',
      'libs/ordering/src/planted.ts',
      'export const t = Date.now();',
    ],
    [
      'an uninjected Nest constructor parameter',
      'no-restricted-syntax',
      'libs/projection/src/planted.ts',
      '@Controller() export class Planted { constructor(a: A) { this.a = a; } }',
    ],
    [
      "the console's server in its page",
      '@typescript-eslint/no-restricted-imports',
      'apps/console/web/planted.ts',
      "import { statuses } from '../src/shapes.ts'; export const first = statuses[0];",
    ],
  ];

  it.each(refused)('%s breaks %s', async (_what, rule, file, code) => {
    expect(await rulesFiredBy(code, file)).toContain(rule);
  });
});

describe('the files that may load an app by its path', () => {
  const byPath = [
    'apps/orderline/src/schemas/find-projections.ts',
    'test/contract/describe-apps.ts',
    'test/observability/exported-metrics.ts',
    'test/observability/projector-apps.ts',
    'test/bench/backlog/event-by-event.ts',
    'test/bench/run.ts',
  ];

  it.each(byPath)('%s is one, and would be refused if it were not named', async (file) => {
    const code = readFileSync(file, 'utf8');
    expect(code).toMatch(/\bimport\((?!['"])/u);
    const refusals = async (filePath: string): Promise<number> =>
      (
        await lint.lintText("const name = 'x'; export const loaded: unknown = await import(name);", { filePath })
      ).flatMap(({ messages }) => messages.filter(({ message }) => message.startsWith('Nobody loads an app'))).length;
    expect(await refusals(file.replace(/[\w-]+\.ts$/u, 'planted.ts'))).toBe(1);
    const config = (await lint.calculateConfigForFile(file)) as { rules: { 'no-restricted-syntax': unknown[] } };
    expect(JSON.stringify(config.rules['no-restricted-syntax'])).not.toContain('ImportExpression');
  });
});
