import type { Queryable } from '@orderline/postgres';
import type { DeltaProjection } from '../define/deltas.ts';
import type { Json, Row, Table } from '../define/table.ts';
import { ProjectionError } from '../projection-error.ts';
import { addToRows } from '../store/rows.ts';
import type { Effects } from './effects.ts';

/** Sums all additions of a batch per row and writes them in key order. */
export const openSums = (
  client: Queryable,
  { projection, generation }: { projection: DeltaProjection; generation: number },
): Effects => {
  const { table } = projection;
  const sums = new Map<string, Record<string, Json | undefined>>();
  return {
    apply: (event, gate) => {
      const deltas = projection.deltasOf(event, gate.memory);
      for (const delta of deltas) mustBeWhole(projection, delta);
      const memory = projection.remember?.(gate.memory, event);
      for (const delta of deltas) add(sums, table, delta);
      gate.memory = memory;
    },
    save: async () => {
      if (sums.size === 0) return;
      const inKeyOrder = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      await addToRows(client, { table, generation }, inKeyOrder);
    },
  };
};

const add = (sums: Map<string, Record<string, Json | undefined>>, table: Table, delta: Row): void => {
  const text = JSON.stringify(table.key.map((field) => delta[field]));
  const sum = sums.get(text) ?? {};
  for (const field of Object.keys(table.columns)) {
    sum[field] = table.key.includes(field)
      ? delta[field]
      : ((sum[field] as number | undefined) ?? 0) + ((delta[field] as number | undefined) ?? 0);
  }
  sums.set(text, sum);
};

const mustBeWhole = ({ name, table }: DeltaProjection, delta: Row): void => {
  for (const field of Object.keys(table.columns)) {
    const value = delta[field];
    const isKey = table.key.includes(field);
    if (isKey ? value === undefined || value === null : value !== undefined && !Number.isSafeInteger(value)) {
      throw new ProjectionError(
        'poison',
        `${name} answered ${field} = ${JSON.stringify(value)}, which nothing can be added by.`,
      );
    }
  }
};
