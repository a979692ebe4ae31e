import { RequestRefused } from '@orderline/service-host';
import type { Away } from '../shapes.ts';

/** A part of the stack gives no answer of use: 503 `part_away` where only that part was asked. */
export class PartAway extends RequestRefused {
  readonly away: Away;

  constructor(away: Away, cause: unknown) {
    const detail = `${away.part} is away. ${away.advice}`;
    super(503, 'part_away', { detail, members: { part: away.part }, headers: { 'retry-after': '2' }, cause });
    this.away = away;
  }
}
