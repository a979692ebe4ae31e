import type { ReadModel } from '../audit-options.ts';
import { openSnapshot, type Snapshot } from '../store/snapshot.ts';
import { knownTables, type KnownTable } from './known-tables.ts';

/** The generation of a projection that readers see. */
export type Served = {
  /** `<app>/<projection>` */
  readonly where: string;
  readonly projection: string;
  readonly generation: number;
  /** Undefined for a projection of somebody else: its last versions are compared, not its rows. */
  readonly known: KnownTable | undefined;
};

/** A projector's database at one moment: rows and progress of one batch are there together, or not at all. */
export type OpenModel = {
  readonly app: string;
  readonly databaseUrl: string;
  readonly snapshot: Snapshot;
  readonly served: readonly Served[];
};

type Row = { projection: string; generation: number; table_name: string };

export const openModel = async ({ app, databaseUrl, projections }: ReadModel): Promise<OpenModel> => {
  const snapshot = await openSnapshot(databaseUrl);
  try {
    const { rows } = await snapshot.query<Row>(
      `SELECT projection, generation, table_name FROM projection_generation WHERE state = 'serving' ORDER BY generation`,
    );
    const chosen = rows.filter(({ projection }) => projections?.includes(projection) ?? true);
    const served = chosen.map(({ projection, generation, table_name: table }) => {
      const known = knownTables.find((one) => one.projection === projection && one.table === table);
      return { where: `${app}/${projection}`, projection, generation, known };
    });
    return { app, databaseUrl, snapshot, served };
  } catch (error) {
    await snapshot.close();
    throw error;
  }
};
