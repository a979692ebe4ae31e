import { ProjectionError } from '../projection-error.ts';
import type { DeltaProjection } from './deltas.ts';
import type { FoldProjection } from './fold.ts';

export type Projection = FoldProjection | DeltaProjection;

/** Throws a ProjectionError for names or tables that clash, names that no URL takes, and deltas of columns that do not add. */
export const checkProjections = (projections: readonly Projection[]): void => {
  const names = new Set<string>();
  const tables = new Set<string>();
  for (const projection of projections) {
    const { name, version, table } = projection;
    if (!/^[a-z][a-z0-9-]{0,40}$/.test(name)) invalid(name, 'name it in kebab-case, at most 41 characters.');
    if (!Number.isInteger(version) || version < 1) invalid(name, 'its version is a whole number from 1.');
    if (names.has(name)) throw new ProjectionError('duplicate_projection', `Two projections are called ${name}.`);
    if (tables.has(table.name)) {
      throw new ProjectionError(
        'duplicate_projection',
        `Two projections write ${table.name}: give each its own table.`,
      );
    }
    names.add(name);
    tables.add(table.name);
    if (projection.kind === 'deltas') checkAdds(projection);
  }
};

const checkAdds = ({ name, table }: DeltaProjection): void => {
  for (const [field, column] of Object.entries(table.columns)) {
    if (!table.key.includes(field) && column !== 'integer' && column !== 'bigint') {
      invalid(name, `${field} is ${column}; what deltas add to is integer or bigint, not nullable.`);
    }
  }
};

const invalid = (name: string, what: string): never => {
  throw new ProjectionError('invalid_definition', `Projection ${name}: ${what}`);
};
