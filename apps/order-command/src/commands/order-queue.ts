import { tooBusy } from '../http/refusal.ts';

/**
 * Runs work on one order one after the other, and work on different orders side by side, so that commands of one process
 * never conflict with each other. Work that would wait behind `mostPerOrder` others is refused at once (429).
 */
export class OrderQueue {
  private readonly mostPerOrder: number;
  private readonly queues = new Map<string, { last: Promise<unknown>; length: number }>();

  constructor(mostPerOrder: number) {
    this.mostPerOrder = mostPerOrder;
  }

  async run<Result>(orderId: string, work: () => Promise<Result>): Promise<Result> {
    const queue = this.queues.get(orderId) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length >= this.mostPerOrder) throw tooBusy('Too many requests wait for this order.');
    this.queues.set(orderId, queue);
    queue.length += 1;
    const turn = queue.last.then(work, work);
    queue.last = turn;
    try {
      return await turn;
    } finally {
      queue.length -= 1;
      if (queue.length === 0) this.queues.delete(orderId);
    }
  }
}
