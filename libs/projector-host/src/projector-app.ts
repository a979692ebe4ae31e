import type { Provider, Type } from '@nestjs/common';
import type { Projection } from '@orderline/projection';

/** A projector as its team writes it: what it projects and what it answers. */
export type ProjectorApp = {
  /** Names the process in logs and metrics, and its consumer groups; never changed. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Where it listens unless PORT says otherwise. */
  readonly port: number;
  readonly projections: readonly Projection[];
  /** May inject POOL (of the read model's database) and PROJECTOR from the kit, LOGGER, METRICS and READINESS from the host. */
  readonly controllers: readonly Type[];
  readonly providers?: readonly Provider[];
};
