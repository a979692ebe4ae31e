import type { Order, OrderCommand } from '@orderline/ordering';
import { orderNotFound } from '../http/refusal.ts';
import type { CommandFor } from './handle-command.ts';

/** A command that can be made only from the order it is about; 404 where there is none. */
export const onKnownOrder =
  (command: (order: Order) => OrderCommand): CommandFor =>
  (order) => {
    if (order === undefined) throw orderNotFound();
    return command(order);
  };
