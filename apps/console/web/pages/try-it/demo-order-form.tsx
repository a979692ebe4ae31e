import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DemoOrder, DemoOrderBody } from '../../../src/order-shapes.ts';
import { announce } from '../../elements/announce.tsx';
import { Failed } from '../../elements/failed.tsx';
import { TextField } from '../../elements/field.tsx';
import { ask } from '../../server/ask.ts';
import { demoOrderOf } from '../../server/questions.ts';

const atFirst = { customerId: 'c-demo', restaurantId: 'r-demo', dish: 'Margherita', quantity: '2', unitPrice: '9.50' };

/** Currency is left to the API, which knows what the demo orders are in. */
const bodyOf = ({ quantity, ...texts }: typeof atFirst): DemoOrderBody => ({ ...texts, quantity: Number(quantity) });

export const DemoOrderForm = ({ onPlaced }: { onPlaced: (orderId: string) => void }): ReactNode => {
  const [wanted, setWanted] = useState(atFirst);
  const set = (part: Partial<typeof atFirst>): void => setWanted({ ...wanted, ...part });
  const answers = useQueryClient();
  const placing = useMutation({
    mutationFn: async () => (await ask('/demo-orders', { method: 'POST', body: bodyOf(wanted) })) as DemoOrder,
    onSuccess: (demo) => {
      answers.setQueryData(demoOrderOf(demo.order.orderId).queryKey, demo);
      announce('The order is placed');
      onPlaced(demo.order.orderId);
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        placing.mutate();
      }}
    >
      <div className="fields">
        <TextField label="Dish" required value={wanted.dish} onText={(dish) => set({ dish })} />
        <TextField
          label="Pieces"
          type="number"
          min={1}
          max={999}
          required
          value={wanted.quantity}
          onText={(quantity) => set({ quantity })}
        />
        <TextField
          label="Price of each"
          inputMode="decimal"
          required
          value={wanted.unitPrice}
          onText={(unitPrice) => set({ unitPrice })}
        />
        <TextField
          label="Restaurant"
          required
          value={wanted.restaurantId}
          onText={(restaurantId) => set({ restaurantId })}
        />
        <TextField label="Customer" required value={wanted.customerId} onText={(customerId) => set({ customerId })} />
        <button type="submit" className="main" disabled={placing.isPending}>
          {placing.isPending ? 'Placing…' : 'Place the order'}
        </button>
      </div>
      {placing.error !== null && <Failed what="Placing the order" error={placing.error} />}
    </form>
  );
};
