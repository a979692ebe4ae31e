import type { Sight } from '../probe/sight.ts';
import type { Delay } from '../shapes.ts';
import type { OwnGeneration, Readiness, Relay } from '../upstream/answers.ts';

type AppSeen = { readonly name: string; readonly address: string; readonly ready: Sight<Readiness> };

export type ProjectorSeen = AppSeen & {
  readonly generations: Sight<readonly OwnGeneration[]>;
  readonly rate: number | null;
  readonly delay: Delay | null;
};

type ServerSeen = { readonly address: string; readonly sight: Sight<unknown> };

/** Everything that one look saw. Rates are per second, delays in milliseconds. */
export type Observation = {
  readonly at: number;
  readonly command: AppSeen & { readonly rate: number | null; readonly delay: Delay | null };
  readonly supervisor: AppSeen;
  readonly relay: Sight<Relay>;
  /** From the commit of an event to its record in the hand of any projector. */
  readonly relayDelay: Delay | null;
  readonly connect: ServerSeen;
  readonly registry: ServerSeen;
  readonly kafka: ServerSeen;
  /** Records that came to the topic. */
  readonly topicRate: number | null;
  readonly projectors: readonly ProjectorSeen[];
};
