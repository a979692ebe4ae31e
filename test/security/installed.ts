import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadLicence } from './licences.ts';
import { productionPackages, type LockedPackage, type ProductionPackage } from './production-packages.ts';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export const lockedForProduction = (repository: string): ProductionPackage[] => {
  const { packages } = readJson(join(repository, 'package-lock.json')) as { packages: Record<string, LockedPackage> };
  return productionPackages(packages);
};

export const licenceInstalledIn =
  (repository: string): ReadLicence =>
  (place) => {
    const file = join(repository, place, 'package.json');
    return existsSync(file) ? { licence: (readJson(file) as { license?: unknown }).license } : undefined;
  };
