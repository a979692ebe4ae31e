import type { Logger } from '@orderline/service-host';
import type { Pipeline } from '../shapes.ts';

/** Logs each part that is otherwise than it was at the look before. */
export const tellChanges = (before: Pipeline | undefined, now: Pipeline, logger: Logger): void => {
  const former = new Map(before?.parts.map(({ name, state }) => [name, state]));
  for (const { name: part, state, advice } of now.parts) {
    const was = former.get(part);
    if (was === state || (was === undefined && state === 'up')) continue;
    logger[state === 'up' ? 'info' : 'warn']({ part, was, advice }, `${part} is ${state}`);
  }
};
