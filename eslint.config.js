import nx from '@nx/eslint-plugin';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Which project may import which; each constraint has a planted violation in test/architecture. */
const depConstraints = [
  { sourceTag: 'type:value', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:domain', onlyDependOnLibsWithTags: ['type:value', 'type:test'] },
  { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:test'] },
  { sourceTag: 'type:test', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'infra:postgres', onlyDependOnLibsWithTags: ['type:test'] },
  { sourceTag: 'infra:kafka', onlyDependOnLibsWithTags: ['type:test'] },
  { sourceTag: 'infra:service-host', onlyDependOnLibsWithTags: ['type:test'] },
  {
    sourceTag: 'infra:event-store',
    onlyDependOnLibsWithTags: ['infra:postgres', 'type:contract', 'type:test'],
  },
  {
    sourceTag: 'infra:projection',
    onlyDependOnLibsWithTags: ['infra:postgres', 'type:contract', 'type:test'],
  },
  {
    sourceTag: 'infra:audit',
    onlyDependOnLibsWithTags: ['infra:postgres', 'infra:kafka', 'type:contract', 'type:test'],
  },
  {
    sourceTag: 'infra:load',
    onlyDependOnLibsWithTags: ['infra:audit', 'infra:postgres', 'infra:kafka', 'type:contract', 'type:test'],
  },
  {
    sourceTag: 'infra:projector-host',
    onlyDependOnLibsWithTags: [
      'infra:projection',
      'infra:kafka',
      'infra:postgres',
      'infra:service-host',
      'type:contract',
      'type:test',
    ],
  },
  {
    sourceTag: 'type:read-model',
    onlyDependOnLibsWithTags: ['type:contract', 'type:value', 'infra:projection', 'type:test'],
  },
  {
    sourceTag: 'app:command',
    onlyDependOnLibsWithTags: [
      'type:domain',
      'type:value',
      'type:contract',
      'infra:event-store',
      'infra:postgres',
      'infra:service-host',
      'type:test',
    ],
  },
  {
    sourceTag: 'app:projector',
    onlyDependOnLibsWithTags: [
      'type:contract',
      'type:value',
      'type:read-model',
      'infra:projector-host',
      'infra:projection',
      'infra:kafka',
      'infra:postgres',
      'infra:service-host',
      'type:test',
    ],
  },
  {
    sourceTag: 'app:supervisor',
    onlyDependOnLibsWithTags: ['type:contract', 'infra:kafka', 'infra:postgres', 'infra:service-host', 'type:test'],
  },
  {
    sourceTag: 'app:console',
    onlyDependOnLibsWithTags: ['type:contract', 'infra:kafka', 'infra:service-host', 'type:test'],
  },
  {
    sourceTag: 'app:tool',
    onlyDependOnLibsWithTags: [
      'type:contract',
      'infra:kafka',
      'infra:audit',
      'infra:load',
      'type:stack',
      'infra:postgres',
      'type:test',
    ],
  },
  {
    sourceTag: 'type:test-stack',
    onlyDependOnLibsWithTags: ['type:contract', 'type:value', 'type:infra', 'type:stack', 'type:test'],
  },
  {
    sourceTag: 'type:bench',
    onlyDependOnLibsWithTags: ['type:domain', 'type:contract', 'type:infra', 'type:stack', 'type:test'],
  },
  {
    sourceTag: 'type:stack',
    onlyDependOnLibsWithTags: ['type:contract', 'infra:kafka', 'infra:postgres', 'type:test'],
  },
];

const forbiddenWords = /(Manager|Helper|Util|Common|Base|Impl|Processor|Data)$/u;

/** Which file such an import loads is known when it runs, so that no rule about boundaries sees it. */
const loadsByPath = {
  selector: "ImportExpression[source.type!='Literal']",
  message: 'Nobody loads an app by a path made at run time, but for the few named in eslint.config.js (ADR 0011).',
};
/**
 * They have to look at every app there is, one that comes too, and naming each would be an import of it. They load what an app
 * says of itself (its projections, routes, metrics), and start nothing. The last one loads its own folder.
 */
const mayLoadByPath = [
  'apps/orderline/src/schemas/find-projections.ts',
  'test/contract/describe-apps.ts',
  'test/observability/exported-metrics.ts',
  'test/observability/projector-apps.ts',
  'test/bench/backlog/event-by-event.ts',
  'test/bench/run.ts',
];

const restrictedSyntax = [
  loadsByPath,
  { selector: 'ExportAllDeclaration', message: 'Name what you export.' },
  { selector: 'TSEnumDeclaration, TSModuleDeclaration[kind="namespace"]', message: 'Use unions and modules.' },
  {
    selector: `:matches(ClassDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration)[id.name=${String(forbiddenWords)}]`,
    message: 'A name should say what the thing is for (docs/architecture.md, glossary).',
  },
  {
    selector:
      "ClassDeclaration:has(Decorator[expression.callee.name=/^(Controller|Injectable|Catch|Module)$/]) > ClassBody > MethodDefinition[kind='constructor'] > FunctionExpression > .params:not(:has(Decorator[expression.callee.name='Inject']))",
    message: 'Every constructor parameter carries @Inject(TOKEN): without decorator metadata Nest injects undefined.',
  },
];
const readsEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings are read once, in config.ts.',
};

export default tseslint.config(
  {
    ignores: ['**/node_modules/**', '**/dist/**', '**/dist-web/**', '**/generated/**', '.nx/**', '.orderline/**'],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { allow: [], allowCircularSelfDependency: false, banTransitiveDependencies: false, depConstraints },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { requireDefaultForNonUnion: true, considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60 }],
      complexity: ['error', 10],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-restricted-syntax': ['error', ...restrictedSyntax, readsEnvironment],
    },
  },
  {
    files: ['libs/ordering/src/**/*.ts', 'libs/money/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'setInterval', 'fetch', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
        { object: 'Math', property: 'random', message: 'Chance comes in as an argument.' },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*', '@nestjs/*', 'pg', 'kafkajs'], message: 'Rules are pure.' }] },
      ],
    },
  },
  {
    files: [
      '**/config.ts',
      '**/vite.config.ts',
      'infra/local/**/*.ts',
      'apps/orderline/**/*.ts',
      'test/**/*.ts',
      '**/*.spec.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax] },
  },
  {
    files: mayLoadByPath,
    rules: { 'no-restricted-syntax': ['error', ...restrictedSyntax.filter((rule) => rule !== loadsByPath)] },
  },
  {
    files: ['apps/console/web/**/*.ts', 'apps/console/web/**/*.tsx'],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/src/*', '@orderline/*'],
              allowTypeImports: true,
              message: 'What runs in a browser takes types.',
            },
            { group: ['node:*', '@nestjs/*'], message: 'It runs in a browser.' },
          ],
        },
      ],
    },
  },
  {
    files: ['vitest.config.ts', '**/vite.config.ts', 'test/support/*-for-run.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'libs/testing/**/*.ts', 'test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
