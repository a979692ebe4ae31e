import type { EventType } from './event-type.ts';
import { eventTypes } from './event-type.ts';
import { registeredSchemas } from './generated/schemas.ts';
import { subjectOf } from './topic.ts';

export type ContractSchema = {
  readonly subject: string;
  readonly type: EventType;
  readonly schemaVersion: number;
  /** Self-contained Avro schema as JSON text: register exactly this. */
  readonly schema: string;
  /** SHA-256 (hex) over the schema without its docs; names the row of its id in the database. */
  readonly fingerprint: string;
};

/** The schema of every event type at the version that this build writes. */
export const contractSchemas: readonly ContractSchema[] = eventTypes.map((type) => ({
  subject: subjectOf(type),
  type,
  ...registeredSchemas[type],
}));
