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

type Row = { projection: string; generation: number; table_name: string; state: string };

/** Throws where something that is to be compared does not serve: what is not there would agree with everything. */
export const openModel = async ({ app, databaseUrl, projections }: ReadModel): Promise<OpenModel> => {
  const snapshot = await openSnapshot(databaseUrl);
  try {
    const { rows } = await snapshot.query<Row>(
      `SELECT projection, generation, table_name, state FROM projection_generation ORDER BY generation`,
    );
    const ofApp = knownTables.filter((known) => known.app === app);
    const chosen = rows.filter((row) => row.state === 'serving' && (projections?.includes(row.projection) ?? true));
    const served = chosen.map(({ projection, generation, table_name: table }): Served => {
      const known = ofApp.find((one) => one.projection === projection && one.table === table);
      return { where: `${app}/${projection}`, projection, generation, known };
    });
    const wanted = projections ?? [...rows, ...ofApp].map(({ projection }) => projection);
    assertAllServe({ app, wanted: new Set(wanted), ofApp, served });
    return { app, databaseUrl, snapshot, served };
  } catch (error) {
    await snapshot.close();
    throw error;
  }
};

type Expected = Pick<OpenModel, 'app' | 'served'> & {
  readonly wanted: ReadonlySet<string>;
  readonly ofApp: readonly KnownTable[];
};

const assertAllServe = ({ app, wanted, ofApp, served }: Expected): void => {
  if (wanted.size === 0) throw new Error(`nothing of ${app} can be compared: its database has no projection`);
  for (const name of wanted) {
    const one = served.find(({ projection }) => projection === name);
    if (one === undefined) throw new Error(`${app}/${name} cannot be compared: no generation of it serves`);
    const wants = ofApp.find(({ projection }) => projection === name);
    if (wants !== one.known)
      throw new Error(`${app}/${name} cannot be compared: it does not serve from ${wants?.table}`);
  }
};
