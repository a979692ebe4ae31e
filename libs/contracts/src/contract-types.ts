import type { Type } from 'avsc';
import { avroType } from './avro-type.ts';
import type { EventType } from './event-type.ts';
import { eventTypes } from './event-type.ts';
import { registeredSchemas } from './generated/schemas.ts';

/** The compiled schema of every event type, as this build writes and reads it. */
export const contractTypes = Object.fromEntries(
  eventTypes.map((type) => [type, avroType(JSON.parse(registeredSchemas[type].schema))]),
) as Readonly<Record<EventType, Type>>;
