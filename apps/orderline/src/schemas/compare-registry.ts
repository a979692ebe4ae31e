import { contractSchemas, type ContractSchema } from '@orderline/contracts';
import { compareContract, type ContractChange } from '@orderline/contracts/governance';
import type { RegistryClient } from '@orderline/kafka';

export type RegistryReview =
  | { readonly reachable: false; readonly why: string }
  | {
      readonly reachable: true;
      /** Subjects whose newest registered schema is the present one. */
      readonly registered: readonly string[];
      /** Subjects that would take the present schema, and have not got it yet. */
      readonly waiting: readonly string[];
      /** Subjects that refuse it, with the registry's reasons and ours. */
      readonly refused: readonly { readonly subject: string; readonly reasons: readonly string[] }[];
    };

type Registry = Pick<RegistryClient, 'latest' | 'incompatibilities'>;
type Standing = { readonly subject: string } & (
  { readonly state: 'registered' | 'waiting' } | { readonly state: 'refused'; readonly reasons: readonly string[] }
);

/** By our own comparison, since a registry may give a schema back in another spelling than it was given. */
const changesSince = ({ type, schemaVersion, schema }: ContractSchema, registered: string): ContractChange[] => {
  const before = { type, schemaVersion, schema: JSON.parse(registered) as unknown };
  return compareContract([before], [{ type, schemaVersion, schema: JSON.parse(schema) as unknown }]);
};

const inWords = (change: ContractChange): string[] =>
  change.breaking ? [`${change.what}. Instead: ${change.instead}`] : [];

const standingOf = async (registry: Registry, contract: ContractSchema): Promise<Standing> => {
  const { subject, schema } = contract;
  const latest = await registry.latest(subject);
  if (latest === undefined) return { subject, state: 'waiting' };
  const changes = changesSince(contract, latest.schema);
  if (changes.length === 0) return { subject, state: 'registered' };
  const reasons = await registry.incompatibilities(subject, schema);
  if (reasons.length === 0) return { subject, state: 'waiting' };
  return { subject, state: 'refused', reasons: [...reasons, ...changes.flatMap(inWords)] };
};

/** Asks the registry what it would say to every schema of this build, and registers nothing. */
export const compareRegistry = async (
  registry: Registry,
  schemas: readonly ContractSchema[] = contractSchemas,
): Promise<RegistryReview> => {
  try {
    const standings = await Promise.all(schemas.map((schema) => standingOf(registry, schema)));
    const of = (state: Standing['state']): string[] =>
      standings.flatMap((standing) => (standing.state === state ? [standing.subject] : []));
    return {
      reachable: true,
      registered: of('registered'),
      waiting: of('waiting'),
      refused: standings.flatMap((standing) => (standing.state === 'refused' ? [standing] : [])),
    };
  } catch (error) {
    const unavailable = error instanceof Error && 'code' in error && error.code === 'registry_unavailable';
    if (unavailable) return { reachable: false, why: error.message };
    throw error;
  }
};
