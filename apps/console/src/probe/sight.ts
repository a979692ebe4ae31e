import { RequestRefused } from '@orderline/service-host';
import { PartAway } from '../upstream/part-away.ts';
import type { Probe } from './probe.ts';

/** What is known of a thing: its value, why there is none, or nothing yet. */
export type Sight<T> =
  | { readonly is: 'seen'; readonly value: T }
  | { readonly is: 'away'; readonly advice: string }
  | { readonly is: 'unknown' };

export const unknown: Sight<never> = { is: 'unknown' };

export const sightOf = <T>(probe: Probe<T>): Sight<T> => {
  const last = probe.last();
  if (last === undefined) return unknown;
  return 'value' in last ? { is: 'seen', value: last.value } : { is: 'away', advice: adviceOf(last.error) };
};

export const valueOf = <T>(sight: Sight<T>): T | undefined => (sight.is === 'seen' ? sight.value : undefined);

const adviceOf = (error: unknown): string => {
  if (error instanceof PartAway) return error.away.advice;
  return error instanceof RequestRefused ? `It refuses to tell: ${error.message}` : 'It could not be asked.';
};
