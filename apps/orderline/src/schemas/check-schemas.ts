import { reviewContract, type BreakingChange } from '@orderline/contracts/governance';
import type { RegistryReview } from './compare-registry.ts';
import { fieldsRead } from './fields-read.ts';
import { findProjections } from './find-projections.ts';
import { acceptGolden, reviewGolden } from './golden-states.ts';
import { impactOf, type Impact } from './impact.ts';
import type { AppProjection } from './projection-port.ts';
import { sampleLives, type SampleLife } from './sample-lives.ts';
import type { EventTableReview } from './read-event-kinds.ts';

export type SchemaReport = {
  readonly breaking: readonly { readonly change: BreakingChange; readonly impact: Impact }[];
  /** One line each. */
  readonly harmless: readonly string[];
  readonly faults: readonly string[];
  /** How many samples of old and present versions, by how many projections. */
  readonly samples: number;
  readonly projections: number;
  /** Projections without a golden state, as `app/projection`. */
  readonly withoutGolden: readonly string[];
  readonly registry?: RegistryReview;
  readonly eventTable?: EventTableReview;
};

export type CheckOptions = {
  readonly schemasFolder: string;
  readonly appsFolder: string;
  /** Take what the projections make of the samples now as their golden states. */
  readonly accept: boolean;
  readonly askRegistry?: () => Promise<RegistryReview>;
  readonly readEventTable?: (projections: readonly AppProjection[]) => Promise<EventTableReview>;
};

type Samples = { readonly lives: readonly SampleLife[]; readonly faults: readonly string[] };

const readSamples = (schemasFolder: string): Samples => {
  try {
    return { lives: sampleLives(schemasFolder), faults: [] };
  } catch (error) {
    return { lives: [], faults: [`a published version can no longer be read: ${String(error)}`] };
  }
};

/** Everything that `orderline schemas check` looks at. Writes nothing unless told to accept. */
export const checkSchemas = async (options: CheckOptions): Promise<SchemaReport> => {
  const { schemasFolder, appsFolder } = options;
  const { changes, faults } = reviewContract(schemasFolder);
  const projections = await findProjections(appsFolder);
  const { lives, faults: unreadable } = readSamples(schemasFolder);
  if (options.accept) acceptGolden(schemasFolder, projections, lives);
  const golden = reviewGolden(schemasFolder, projections, lives);
  const readers = projections.map(({ app, projection }) => ({
    app,
    projection: projection.name,
    reads: fieldsRead(
      projection,
      lives.map(({ events }) => events),
    ),
  }));
  const [registry, eventTable] = await Promise.all([options.askRegistry?.(), options.readEventTable?.(projections)]);
  return {
    breaking: changes.flatMap((change) => (change.breaking ? [{ change, impact: impactOf(change, readers) }] : [])),
    harmless: changes.flatMap((change) => (change.breaking ? [] : [`${change.type}: ${change.what}`])),
    faults: [...faults, ...unreadable, ...golden.faults],
    samples: lives.length,
    projections: projections.length,
    withoutGolden: golden.missing,
    ...(registry && { registry }),
    ...(eventTable && { eventTable }),
  };
};

/** Whether nothing is wrong. A registry that did not answer is wrong only where it had to be asked. */
export const isInOrder = ({ breaking, faults, registry, eventTable }: SchemaReport, registryWanted: boolean): boolean =>
  breaking.length === 0 &&
  faults.length === 0 &&
  (registry?.reachable ? registry.refused.length === 0 : !registryWanted) &&
  (eventTable?.faults.length ?? 0) === 0;
