/** A projector's database; `projections` chooses among those in it, by default all that serve. */
export type ReadModel = {
  readonly app: string;
  readonly databaseUrl: string;
  readonly projections?: readonly string[];
};

/** store: the hash chain · topic: the store against the topic · read-models: these against the store. */
export type AuditPart = 'store' | 'topic' | 'read-models';

export type AuditOptions = {
  /** The database of the event store, as `orders_auditor`. */
  readonly ordersUrl: string;
  readonly kafkaBrokers: readonly string[];
  /** The registry's Confluent API. */
  readonly registryUrl: string;
  /** Default `domain-events.orders`. */
  readonly topic?: string;
  readonly readModels: readonly ReadModel[];
  /** Default all. */
  readonly parts?: readonly AuditPart[];
  /** How long relay and projectors may take for what was written meanwhile; default 10,000. */
  readonly settleMs?: number;
  readonly onProgress?: (line: string) => void;
};
