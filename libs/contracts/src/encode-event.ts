import type { Type } from 'avsc';
import type { ContractFault } from './contract-error.ts';
import { ContractError } from './contract-error.ts';
import { contractTypes } from './contract-types.ts';
import type { ContractEvent } from './generated/events.ts';
import type { SchemaIds } from './schema-ids.ts';
import { subjectOf } from './topic.ts';

/** Confluent wire format: magic byte 0, four bytes of schema id, the Avro body. */
export const headerLength = 5;

// Written to and copied from within one synchronous call, so that an event costs one allocation of its own length.
let scratch = Buffer.allocUnsafeSlow(4096);

const writeBody = (type: Type, event: ContractEvent): number => {
  const end = type.encode(event, scratch, headerLength);
  if (end >= 0) return end;
  scratch = Buffer.allocUnsafeSlow(Math.max(2 * scratch.length, scratch.length - end));
  return writeBody(type, event);
};

const faultsOf = (type: Type, event: ContractEvent): ContractFault[] => {
  const faults: ContractFault[] = [];
  type.isValid(event, {
    errorHook: (path, _value, expected) => {
      faults.push({ path: `/${path.join('/')}`, message: `is not a valid ${expected.name ?? expected.typeName}` });
    },
  });
  return faults;
};

/**
 * The bytes of one event as they go to the topic: Confluent wire format with the id of this build's schema.
 * Throws `invalid_event` naming every wrong field, `missing_schema_id` when `schemaIds` lacks the event's subject.
 */
export const encodeEvent = (event: ContractEvent, schemaIds: SchemaIds): Buffer => {
  const type = contractTypes[event.type];
  const id = schemaIds.get(subjectOf(event.type));
  if (id === undefined) throw new ContractError('missing_schema_id', `no schema id for ${subjectOf(event.type)}`);
  let end: number;
  try {
    end = writeBody(type, event);
  } catch (cause) {
    const faults = faultsOf(type, event);
    if (faults.length === 0) throw cause;
    const named = faults.map(({ path, message }) => `${path} ${message}`).join(', ');
    // No cause: avsc's message quotes the value, which may be personal.
    throw new ContractError('invalid_event', `${event.type}: ${named}`, { faults });
  }
  scratch[0] = 0;
  scratch.writeInt32BE(id, 1);
  return Buffer.from(scratch.subarray(0, end));
};
