import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Receipts } from '../../src/order-shapes.ts';
import { receiptsOf } from '../server/questions.ts';
import { useEachSecond } from '../server/use-each-second.ts';
import { isSettled } from './delivery.ts';

/** An order's receipts, asked for again with each second that the stream tells of until the head is everywhere. */
export const useReceipts = (orderId: string, head: number): UseQueryResult<Receipts> => {
  const receipts = useQuery(receiptsOf(orderId));
  const isOnItsWay = receipts.data === undefined || !isSettled(receipts.data, head);
  useEachSecond(isOnItsWay, () => void receipts.refetch({ cancelRefetch: false }));
  return receipts;
};
