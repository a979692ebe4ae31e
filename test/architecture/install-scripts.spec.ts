import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Locked = { readonly hasInstallScript?: boolean; readonly link?: boolean };

/** The name of the package at a place such as `node_modules/a/node_modules/@b/c`. */
const nameAt = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

const namesOf = (places: [string, Locked][]): string[] => [...new Set(places.map(([place]) => nameAt(place)))].sort();

const faultsOf = (packages: Record<string, Locked>, allowed: Record<string, boolean>): string[] => {
  const scripted = namesOf(Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true));
  return [
    ...scripted.filter((name) => allowed[name] === undefined).map((name) => `${name} is not judged`),
    ...Object.keys(allowed)
      .filter((name) => !scripted.includes(name))
      .map((name) => `${name} has no install script any more`),
  ];
};

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe('install scripts', () => {
  const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
  const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };

  it('are each allowed or refused by name in package.json, and none is listed that is gone', () => {
    expect(faultsOf(packages, allowScripts)).toEqual([]);
  });
  it('would be noticed when a dependency brings one, at whatever depth', () => {
    const planted = { ...packages, 'node_modules/pg/node_modules/@planted/native': { hasInstallScript: true } };
    expect(faultsOf(planted, allowScripts)).toEqual(['@planted/native is not judged']);
  });
  it('would be noticed when the package of a listed one loses its script', () => {
    const planted = { ...packages, 'node_modules/esbuild': {} };
    expect(faultsOf(planted, allowScripts)).toEqual(['esbuild has no install script any more']);
  });
});
