export { orderSummaries, type OrderSummaryRow } from './order-summaries.ts';
export {
  statuses,
  summary,
  summaryColumns,
  summaryPage,
  toSummary,
  type StoredSummary,
  type Summary,
} from './summary.ts';
