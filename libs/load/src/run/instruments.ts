import type { Accepted } from '../traffic/start-load.ts';
import { markTopic, type TopicPlace } from '../verdict/topic-check.ts';
import { watchLag, type LagWatch } from '../watch/lag-watch.ts';
import { watchTopic, type TopicWatch } from '../watch/topic-watch.ts';
import { watchVisibility, type Visibility } from '../watch/visibility.ts';
import type { LoadTarget } from './load-plan.ts';

/** Everything that looks on while commands are sent. */
export type Instruments = {
  readonly topic: TopicWatch | undefined;
  /** Where the topic ended before the first command. */
  readonly place: TopicPlace | undefined;
  readonly visibility: Visibility;
  readonly lag: LagWatch;
  readonly onSample: (accepted: Accepted) => void;
  /** Forgets the times measured so far. */
  readonly beginAnew: () => void;
  readonly stop: () => Promise<void>;
};

export const setUpInstruments = async (
  { brokers, projectors }: LoadTarget,
  onTrouble: (what: string) => void,
): Promise<Instruments> => {
  const topic = brokers === undefined ? undefined : await watchTopic(brokers, onTrouble);
  const place = brokers === undefined ? undefined : await markTopic(brokers);
  const visibility = watchVisibility(projectors);
  const lag = watchLag(projectors);
  return {
    topic,
    place,
    visibility,
    lag,
    onSample: (accepted) => visibility.look(accepted),
    beginAnew: () => {
      topic?.delay.beginAnew();
      for (const delay of visibility.delays.values()) delay.beginAnew();
    },
    stop: async () => {
      await Promise.all([topic?.stop(), place?.close(), visibility.stop(), lag.stop()]);
    },
  };
};
