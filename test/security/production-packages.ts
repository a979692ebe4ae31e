export type LockedPackage = {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
};

export type ProductionPackage = {
  /** Where it is installed, as in `node_modules/pg`. */
  readonly place: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  /** For other machines: may be absent. */
  readonly isOptional: boolean;
};

/** What package-lock.json installs with `--omit=dev`: packages of registries, for whatever machine, no workspaces. */
export const productionPackages = (packages: Readonly<Record<string, LockedPackage>>): ProductionPackage[] =>
  Object.entries(packages)
    .filter(([place, { dev, link }]) => place.includes('node_modules/') && dev !== true && link !== true)
    .map(([place, { version = '', license, optional = false }]) => ({
      place,
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      isOptional: optional,
    }));
