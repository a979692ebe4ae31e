import type { ReactNode } from 'react';
import { useIsNarrow } from './use-is-narrow.ts';

export type Column<Row> = { head: string; isNumber?: boolean; cell: (row: Row) => ReactNode };
type TableProps<Row> = { caption: string; columns: Column<Row>[]; rows: Row[]; keyOf: (row: Row) => string };

/** In rem: what a table of few columns needs, and one of many. */
const [few, many] = [44, 80];

/** Where there is no room every row becomes a card; a cell then says the name of its column (style/table.css). */
export const Table = <Row,>({ caption, columns, rows, keyOf }: TableProps<Row>): ReactNode => {
  const isNarrow = useIsNarrow(columns.length > 7 ? many : few);
  return (
    <table className={isNarrow ? 'table cards' : 'table'}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, isNumber }) => (
            <th key={head} scope="col" className={isNumber === true ? 'number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ head, isNumber, cell }) => (
              <td key={head} data-label={head} className={isNumber === true ? 'number' : undefined}>
                <div>{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
