import type { ProductionPackage } from './production-packages.ts';

/** The parts of CycloneDX 1.5 that are written or looked at here. */
export type Component = {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
  readonly purl?: string;
  readonly cpe?: string;
  readonly description?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
  readonly components?: readonly Component[];
};

export type Bom = {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
};

/** Workspaces that only tests and benchmarks use. */
const forTests = /^@orderline\/(?:testing|test|bench)@/u;

/**
 * npm's list narrowed to production, with what npm knows nothing of added. It is narrowed here because `npm sbom --omit=dev`
 * leaves out every package that some workspace also names for its tests, such as pg.
 */
export const composeBom = (
  everything: Bom,
  production: readonly ProductionPackage[],
  beyondNpm: readonly Component[],
): Bom => {
  const wanted = new Set(production.map(({ name, version }) => `${name}@${version}`));
  const own = everything.components.filter(
    ({ 'bom-ref': ref }) => ref.startsWith('@orderline/') && !forTests.test(ref),
  );
  const packages = everything.components.filter(({ 'bom-ref': ref }) => wanted.has(ref));
  const components = [...own, ...packages, ...beyondNpm];
  const { component } = everything.metadata;
  const kept = new Set([component['bom-ref'], ...components.map(({ 'bom-ref': ref }) => ref)]);
  return {
    ...everything,
    metadata: { ...everything.metadata, component: { ...component, type: 'application', name: 'orderline' } },
    components,
    dependencies: everything.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) })),
  };
};
