import type { Step } from '../lives/step.ts';
import type { Sent } from './send-command.ts';

/** Of a command, and of the one that was sent at the same moment where there was one. */
export type Answers = readonly [Sent] | readonly [Sent, Sent];

/**
 * Each accepted command brings its order exactly as far as the rules say, also when it had to be sent again. Of two that were
 * sent at once either may have come first.
 */
export const isAsExpected = (version: number, step: Step, [own, other]: Answers): boolean => {
  const { rival } = step;
  if (rival === undefined || other === undefined)
    return step.refusal === undefined ? brings(own, version + step.adds) : isRefused(own, step);
  const ownFirst = brings(own, version + step.adds) && isRefused(other, rival);
  return ownFirst || (brings(other, version + rival.adds) && brings(own, version + rival.adds + step.adds));
};

const brings = (sent: Sent, version: number): boolean => sent.outcome === 'accepted' && sent.version === version;

const isRefused = ({ outcome, code }: Sent, { refusal }: Step): boolean => outcome === 'refused' && code === refusal;
