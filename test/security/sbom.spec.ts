import { readFileSync } from 'node:fs';
import { artefactListFile, parseArtefactList } from '@orderline/local-stack';
import { expect, it } from 'vitest';
import { javaComponents, postgresComponent } from './beyond-npm.ts';
import { productionPackages } from './production-packages.ts';
import { composeBom, type Component } from './sbom.ts';

const component = (ref: string): Component => ({ 'bom-ref': ref, type: 'library', name: ref });
const refs = ['@orderline/kafka@0.1.0', '@orderline/bench@0.1.0', 'pg@8.23.1', 'vitest@5.1.1'];
const production = productionPackages({
  'node_modules/pg': { version: '8.23.1' },
  'node_modules/vitest': { version: '5.1.1', dev: true },
});
const bom = composeBom(
  {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: component('orderline@0.1.0') },
    components: refs.map(component),
    dependencies: [
      { ref: 'orderline@0.1.0', dependsOn: refs },
      { ref: 'vitest@5.1.1', dependsOn: ['pg@8.23.1'] },
    ],
  },
  production,
  [postgresComponent('18.4', [{ path: 'bin/postgres', sha256: 'a'.repeat(64) }])],
);

it('lists what production runs, and nothing that only tests need', () => {
  const listed = bom.components.map(({ 'bom-ref': ref }) => ref);
  expect(listed).toEqual(['@orderline/kafka@0.1.0', 'pg@8.23.1', 'postgresql@18.4']);
});
it('names no dependency that it does not list', () => {
  expect(bom.dependencies).toEqual([{ ref: 'orderline@0.1.0', dependsOn: ['@orderline/kafka@0.1.0', 'pg@8.23.1'] }]);
});
it('names every library that Java runs as Maven does, but what the registry packs itself', () => {
  const components = javaComponents(parseArtefactList(readFileSync(artefactListFile, 'utf8')));
  const clients = components.find(({ name }) => name === 'kafka-clients');
  expect(clients?.purl).toMatch(/^pkg:maven\/org\.apache\.kafka\/kafka-clients@[\d.]+\?/u);
  expect(components.filter(({ purl }) => purl === undefined).map(({ name }) => name)).toEqual([
    'registry/quarkus-run.jar',
    'registry/quarkus/generated-bytecode.jar',
    'registry/quarkus/transformed-bytecode.jar',
  ]);
  expect(new Set(components.map(({ 'bom-ref': ref }) => ref)).size).toBe(components.length);
});
