import type { ProductionPackage } from './production-packages.ts';

/** Licences that ask for no more than to be named. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
]);

/** Licences that are fine for these packages only, and why. */
const exceptions: readonly { licence: string; packages: RegExp; because: string }[] = [
  {
    licence: 'MPL-2.0',
    packages: /^lightningcss(-[a-z0-9-]+)?$/u,
    because: 'Vite runs it, unchanged, to build the page of the console; nothing of it is in the page',
  },
];

/** Reads the licence field of the package.json that is installed at a place; undefined when nothing is. */
export type ReadLicence = (place: string) => { licence: unknown } | undefined;

/**
 * A line for every production package whose licence is not allowed, not said, or not to be read because it is not installed.
 * Packages for other machines are judged by what package-lock.json says of them.
 */
export const licenceFaults = (packages: readonly ProductionPackage[], read: ReadLicence): string[] =>
  packages.flatMap(({ place, name, version, licence: locked, isOptional }) => {
    const installed = read(place);
    if (installed === undefined && !isOptional) return [`${name}@${version} is not installed`];
    const licence = installed === undefined ? locked : installed.licence;
    if (typeof licence !== 'string') return [`${name}@${version} does not say its licence`];
    return isAllowed(name, licence) ? [] : [`${name}@${version} has the licence ${licence}`];
  });

/** SPDX expressions: of alternatives one must be allowed, of what applies together all. */
const isAllowed = (name: string, expression: string): boolean =>
  expression
    .replaceAll(/[()]/gu, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => isAllowedAlone(name, licence.trim())));

const isAllowedAlone = (name: string, licence: string): boolean =>
  allowed.has(licence) ||
  exceptions.some((exception) => exception.licence === licence && exception.packages.test(name));
