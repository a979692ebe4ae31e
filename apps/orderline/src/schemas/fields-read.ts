import { foldLife } from './fold-life.ts';
import type { ProjectionPort, RecordedEvent } from './projection-port.ts';

/** Field paths as in `items[].quantity`, by event type. */
export type FieldsRead = ReadonlyMap<string, ReadonlySet<string>>;

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/** What the kit or the language asks of an event, and no projection. */
const notOfTheContract = new Set(['type', 'recordedAt', 'constructor', 'toJSON', 'then']);

const pathOf = (holder: object, path: string, name: string): string | undefined => {
  if (Array.isArray(holder)) return /^\d+$/u.test(name) ? `${path}[]` : undefined;
  if (notOfTheContract.has(name)) return undefined;
  return path === '' ? name : `${path}.${name}`;
};

const watched = <T extends object>(value: T, note: (path: string) => void, path = ''): T =>
  new Proxy(value, {
    get: (target, name, receiver) => {
      const found: unknown = Reflect.get(target, name, receiver);
      const at = typeof name === 'string' ? pathOf(target, path, name) : undefined;
      if (at === undefined) return found;
      note(at);
      return isContainer(found) ? watched(found, note, at) : found;
    },
  });

/**
 * Which fields of which event types a projection reads: seen while it is run over `lives`, not declared by anyone, so
 * that a field read only in a case that no life has is missed. Lives of all samples have every event type.
 */
export const fieldsRead = (projection: ProjectionPort, lives: readonly (readonly RecordedEvent[])[]): FieldsRead => {
  const read = new Map<string, Set<string>>();
  for (const life of lives) {
    const seen = life.map((event) =>
      watched(event, (path) => {
        const fields = read.get(event.type) ?? new Set();
        read.set(event.type, fields.add(path));
      }),
    );
    finish(projection, seen);
  }
  return read;
};

const finish = (projection: ProjectionPort, seen: readonly RecordedEvent[]): void => {
  try {
    JSON.stringify(foldLife(projection, seen)); // what a row keeps whole is read whole
  } catch {
    // What was read up to here counts; that the sample cannot be read is told by its golden state.
  }
};
