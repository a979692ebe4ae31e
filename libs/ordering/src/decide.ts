import { cancelOrder } from './cancellation.ts';
import type { OrderCommand } from './commands.ts';
import { createOrder } from './create-order.ts';
import { updateOrder } from './details.ts';
import type { OrderEvent } from './events.ts';
import { addItem, removeItem } from './items.ts';
import { OrderRejected } from './order-rejected.ts';
import type { Order } from './order.ts';
import { recordPayment, refundPayment } from './payments.ts';
import { confirmOrder, deliverOrder, dispatchOrder, markReady, startPreparing } from './steps.ts';

type CommandByType = { [Command in Exclude<OrderCommand, { type: 'CreateOrder' }> as Command['type']]: Command };
type Rules = { [Type in keyof CommandByType]: (command: CommandByType[Type], order: Order) => OrderEvent[] };

/** A command without its rule does not compile. */
const rules: Rules = {
  AddItem: addItem,
  RemoveItem: removeItem,
  UpdateOrder: updateOrder,
  RecordPayment: recordPayment,
  RefundPayment: refundPayment,
  ConfirmOrder: confirmOrder,
  StartPreparing: startPreparing,
  MarkReady: markReady,
  DispatchOrder: dispatchOrder,
  DeliverOrder: deliverOrder,
  CancelOrder: cancelOrder,
};

const applyRule = <Type extends keyof CommandByType>(type: Type, command: CommandByType[Type], order: Order) =>
  rules[type](command, order);

/**
 * The events that a command makes happen on an order (undefined: there is none yet), in order and to be appended all
 * or not at all; none where what it asks for is so already. Pure: ids and time come in with the command. Throws
 * OrderRejected, and nothing else for a command of lawful shape. (The decider: Jérémie Chassaing, "Functional Event
 * Sourcing Decider"; deciding nothing for a repeat: jet/equinox.)
 */
export const decide = (command: OrderCommand, order: Order | undefined): OrderEvent[] => {
  if (command.type === 'CreateOrder') return createOrder(command, order);
  if (order === undefined) throw new OrderRejected('order_not_found');
  return applyRule(command.type, command, order);
};
