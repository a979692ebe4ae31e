export { idParam } from './id-param.ts';
export { orderSummaries, type OrderSummaryRow } from './order-summaries.ts';
export { pageFields, pageOf, type Page, type Position } from './page.ts';
export {
  statuses,
  summary,
  summaryColumns,
  summaryPage,
  toSummary,
  type StoredSummary,
  type Summary,
} from './summary.ts';
export { utcDay } from './utc-day.ts';
