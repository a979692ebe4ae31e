/** Boundaries inside projects; those between projects are in eslint.config.js. Each rule has a planted violation in test/architecture. */
export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-slice-imports-a-slice',
      comment: 'A slice of an app is one folder that ends in what it does; what two slices share lives beside them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/([^/]+)/[^/]+\\.controller\\.ts$' },
      to: { path: '^apps/$1/src/[^/]+/[^/]+\\.controller\\.ts$', pathNot: '^apps/$1/src/$2/' },
    },
    {
      name: 'only-index-is-public',
      comment: 'Another package is entered by its index.ts.',
      severity: 'error',
      from: { path: '^(apps|libs|infra)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    },
    {
      name: 'nobody-imports-an-app',
      severity: 'error',
      from: { path: '^(apps|libs|infra|test)/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^$1/$2/' },
    },
    {
      name: 'test-code-stays-in-tests',
      severity: 'error',
      from: {
        path: '^(apps|libs|infra)/',
        pathNot: ['\\.spec\\.ts$', '^libs/testing/', '\\.testing\\.ts$', '/testing/'],
      },
      to: { path: ['^libs/testing/', '^test/', 'node_modules/(vitest|fast-check|testcontainers)/'] },
    },
    {
      name: 'pure-order-rules',
      comment: 'libs/ordering decides; it does no input or output.',
      severity: 'error',
      from: { path: '^libs/(ordering|money)/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '.', pathNot: '^libs/(ordering|money)/src/' },
    },
    {
      name: 'order-command-has-no-kafka-client',
      comment: "Publishing is the relay's work.",
      severity: 'error',
      from: { path: '^apps/order-command/' },
      to: { path: 'node_modules/(kafkajs|@kafkajs)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/generated/', '^apps/console/dist(-web)?/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
