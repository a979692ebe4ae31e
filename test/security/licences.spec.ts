import { describe, expect, it } from 'vitest';
import { licenceInstalledIn, lockedForProduction } from './installed.ts';
import { licenceFaults } from './licences.ts';
import { productionPackages } from './production-packages.ts';

describe('licences of production dependencies', () => {
  const packages = lockedForProduction('.');
  const read = licenceInstalledIn('.');

  it('are all allowed', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(licenceFaults(packages, read)).toEqual([]);
  });

  const judged = (licence: unknown, name = 'planted') =>
    licenceFaults(productionPackages({ [`node_modules/${name}`]: { version: '1.0.0' } }), () => ({ licence }));

  it.each(['GPL-3.0-only', 'AGPL-3.0', 'MPL-2.0', 'SSPL-1.0', 'UNLICENSED', 'MIT AND GPL-2.0', 'SEE LICENSE IN x'])(
    'would be refused: %s',
    (licence) => {
      expect(judged(licence)).toEqual([`planted@1.0.0 has the licence ${licence}`]);
    },
  );
  it.each(['MIT', '(MIT AND Zlib)', '(GPL-2.0 OR Apache-2.0)'])('would be allowed: %s', (licence) => {
    expect(judged(licence)).toEqual([]);
  });
  it('would be refused when not said', () => {
    expect(judged(undefined)).toEqual(['planted@1.0.0 does not say its licence']);
  });
  it('is allowed for the named package where it is an exception, and for no other', () => {
    expect(judged('MPL-2.0', 'lightningcss-linux-x64-gnu')).toEqual([]);
    expect(judged('MPL-2.0', 'lightningcss2')).toHaveLength(1);
  });
  it('is read from the lock file only for what is meant for other machines', () => {
    const elsewhere = { version: '1.0.0', license: 'MIT' };
    const absent = (optional: boolean) =>
      licenceFaults(productionPackages({ 'node_modules/planted': { ...elsewhere, optional } }), () => undefined);
    expect(absent(true)).toEqual([]);
    expect(absent(false)).toEqual(['planted@1.0.0 is not installed']);
  });
  it('counts neither workspaces nor what only developing needs', () => {
    const counted = productionPackages({
      'libs/kafka': { version: '0.1.0' },
      'node_modules/@orderline/kafka': { link: true },
      'node_modules/vitest': { version: '5.1.1', dev: true },
      'libs/kafka/node_modules/@scope/deep': { version: '2.0.0', license: 'MIT' },
    });
    expect(counted.map(({ name }) => name)).toEqual(['@scope/deep']);
  });
});
