import { useState, type ReactNode } from 'react';
import type { Status } from '../../../src/shapes.ts';
import { Choice, TextField } from '../../elements/field.tsx';
import { inWords } from '../../elements/format.ts';
import { statusNames } from '../../elements/status-names.ts';
import type { OrderFilter } from '../../server/questions.ts';

type OrderFilterFormProps = { filter: OrderFilter; onApply: (filter: OrderFilter) => void };

const anyStatus = { value: '', label: 'Any' };
const optionOf = (status: Status): { value: string; label: string } => ({ value: status, label: inWords(status) });

export const OrderFilterForm = ({ filter, onApply }: OrderFilterFormProps): ReactNode => {
  const [wanted, setWanted] = useState(filter);
  const set = (part: Partial<OrderFilter>): void => setWanted({ ...wanted, ...part });
  return (
    <form
      role="search"
      aria-label="Orders"
      onSubmit={(event) => {
        event.preventDefault();
        onApply({ ...wanted, q: wanted.q.trim() });
      }}
    >
      <div className="fields">
        <TextField
          label="Any id"
          type="search"
          placeholder="order, customer, restaurant"
          value={wanted.q}
          onText={(q) => set({ q })}
        />
        <Choice
          label="Status"
          value={wanted.status}
          options={[anyStatus, ...statusNames.map(optionOf)]}
          onChoice={(status) => onApply({ ...wanted, status })}
        />
        <TextField label="Customer" value={wanted.customerId} onText={(customerId) => set({ customerId })} />
        <TextField label="Restaurant" value={wanted.restaurantId} onText={(restaurantId) => set({ restaurantId })} />
        <div className="row">
          <button type="submit" className="main">
            Search
          </button>
          <button type="button" onClick={() => onApply({ q: '', status: '', customerId: '', restaurantId: '' })}>
            Clear
          </button>
        </div>
      </div>
    </form>
  );
};
