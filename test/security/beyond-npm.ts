import type { ListedArtefact } from '@orderline/local-stack';
import type { Component } from './sbom.ts';

const sha256 = (content: string) => [{ alg: 'SHA-256', content }];

/** What runs on Java, jar by jar, as pinned; packed files that are no artefact of Maven's keep their path as their name. */
export const javaComponents = (artefacts: readonly ListedArtefact[]): Component[] =>
  artefacts
    .filter(({ path }) => path.endsWith('.jar'))
    .map(({ path, sha256: digest, coordinates }) => {
      const [group, name, version] = coordinates?.split(':') ?? [];
      const file = { 'bom-ref': `java:${path}`, description: path, hashes: sha256(digest) };
      if (group === undefined || name === undefined || version === undefined)
        return { ...file, type: 'file', name: path };
      return { ...file, type: 'library', group, name, version, purl: `pkg:maven/${group}/${name}@${version}?type=jar` };
    });

export type Binary = { readonly path: string; readonly sha256: string };

/** PostgreSQL as npm brings it, with each program and library that came in the same package. */
export const postgresComponent = (version: string, binaries: readonly Binary[]): Component => ({
  'bom-ref': `postgresql@${version}`,
  type: 'application',
  name: 'postgresql',
  version,
  purl: `pkg:generic/postgresql@${version}`,
  cpe: `cpe:2.3:a:postgresql:postgresql:${version}:*:*:*:*:*:*:*`,
  licenses: [{ license: { id: 'PostgreSQL' } }],
  components: binaries.map(({ path, sha256: digest }) => ({
    'bom-ref': `postgresql@${version}:${path}`,
    type: 'file',
    name: path,
    hashes: sha256(digest),
  })),
});
