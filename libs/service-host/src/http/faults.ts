import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Fault } from './problem.ts';

const mostFaults = 1_000;

/** A path as a JSON pointer (RFC 6901): `['items', 0]` is `/items/0`, the whole value is the empty text. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The faults a schema found, an unknown field as a fault of that field's path; `prefix` leads to the value. */
export const faultsOf = (issues: readonly StandardSchemaV1.Issue[], prefix: readonly PropertyKey[] = []): Fault[] =>
  issues
    .flatMap((issue) => {
      const path = [...prefix, ...(issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))];
      const unknownKeys = unknownKeysOf(issue);
      if (unknownKeys === undefined) return [{ path: jsonPointer(path), message: issue.message }];
      return unknownKeys.map((key) => ({ path: jsonPointer([...path, key]), message: 'is not known here' }));
    })
    .slice(0, mostFaults);

/** zod reports all unknown keys of one object as one issue at the object. */
const unknownKeysOf = (issue: StandardSchemaV1.Issue): string[] | undefined =>
  'code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue ? (issue.keys as string[]) : undefined;
