import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractCruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type Tree = Record<string, string>;

/** For each rule of .dependency-cruiser.mjs a small tree that breaks it, and only it. */
const planted: Record<string, Tree> = {
  'no-cycle': {
    'libs/ordering/src/a.ts': "import './b.ts';",
    'libs/ordering/src/b.ts': "import './a.ts';",
  },
  'no-slice-imports-a-slice': {
    'apps/order-command/src/confirm-order/confirm-order.controller.ts':
      "import '../create-order/create-order.controller.ts';",
    'apps/order-command/src/create-order/create-order.controller.ts': '',
  },
  'only-index-is-public': {
    'apps/order-command/src/main.ts': "import '../../../libs/ordering/src/decide.ts';",
    'libs/ordering/src/decide.ts': '',
  },
  'nobody-imports-an-app': {
    'test/pipeline/planted.ts': "import '../../apps/order-command/src/main.ts';",
    'apps/order-command/src/main.ts': '',
  },
  'test-code-stays-in-tests': {
    'apps/order-command/src/main.ts': "import '../../../test/support/stack.ts';",
    'test/support/stack.ts': '',
  },
  'pure-order-rules': { 'libs/ordering/src/decide.ts': "import 'node:fs';" },
  'order-command-has-no-kafka-client': {
    'apps/order-command/src/main.ts': "import 'kafkajs';",
    'node_modules/kafkajs/package.json': '{"name":"kafkajs","main":"index.js"}',
    'node_modules/kafkajs/index.js': '',
  },
};

const config = await extractCruiseOptions(`${process.cwd()}/.dependency-cruiser.mjs`);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderline-planted-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rulesBrokenBy = async (tree: Tree): Promise<string[]> => {
  for (const [file, code] of Object.entries(tree)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), code);
  }
  const roots = [...new Set(Object.keys(tree).map((file) => file.split('/')[0] ?? ''))];
  const cruised = await cruise(
    roots.filter((root) => root !== 'node_modules'),
    { ...config, baseDir: folder },
  );
  const { summary } = cruised.output as ICruiseResult;
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
};

describe('a planted violation breaks its rule and no other', () => {
  it.each(Object.entries(planted))('%s', async (rule, tree) => {
    expect(await rulesBrokenBy(tree)).toEqual([rule]);
  });

  it('there is one for every rule', () => {
    expect(Object.keys(planted).sort()).toEqual(config.ruleSet?.forbidden?.map(({ name }) => name).sort());
  });
});
