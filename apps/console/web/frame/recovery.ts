import type { Live } from '../server/live.ts';
import { troublesOf } from './troubles.ts';

export type Standing = { isConnected: boolean; down: string[] };

/** What the stream last said is not forgotten while it is lost. */
export const standingOf = ({ connection, pipeline }: Pick<Live, 'connection' | 'pipeline'>): Standing => ({
  isConnected: connection !== 'lost',
  down: pipeline === null ? [] : troublesOf(pipeline).flatMap(({ name, state }) => (state === 'down' ? [name] : [])),
});

/** Whether something that could not be answered before can be now. */
export const isBack = (before: Standing, now: Standing): boolean =>
  now.isConnected && (!before.isConnected || before.down.some((name) => !now.down.includes(name)));
