import type { RecordDecoder } from './kafkajs-internals.ts';
import { readVarIntArrayEagerly, recordDecoderOf } from './kafkajs-internals.ts';

type Headers = Record<string, unknown>;
type Fold = (headers: Headers, header: unknown) => Headers;
type Reader = (decoder: RecordDecoder) => unknown;

/** The headers of one record, passed over but not read. Classes with fields: this is made once per record. */
class UnreadHeaders {
  readonly #buffer: Buffer;
  readonly #offset: number;
  readonly #reader: Reader;

  constructor(buffer: Buffer, offset: number, reader: Reader) {
    this.#buffer = buffer;
    this.#offset = offset;
    this.#reader = reader;
  }

  /** Called by kafkajs at once, where it would fold an array; answers an object that folds when looked into. */
  reduce(fold: Fold, initial: Headers): Headers {
    return new Proxy(initial, new FillAtFirstSight(this, fold));
  }

  read(fold: Fold): Headers {
    return readVarIntArrayEagerly(recordDecoderOf(this.#buffer, this.#offset), this.#reader).reduce(fold, {});
  }
}

class FillAtFirstSight implements ProxyHandler<Headers> {
  #unread: UnreadHeaders | undefined;
  readonly #fold: Fold;

  constructor(unread: UnreadHeaders, fold: Fold) {
    this.#unread = unread;
    this.#fold = fold;
  }

  get(target: Headers, name: string): unknown {
    return this.#filled(target)[name];
  }

  has(target: Headers, name: string): boolean {
    return name in this.#filled(target);
  }

  ownKeys(target: Headers): (string | symbol)[] {
    return Reflect.ownKeys(this.#filled(target));
  }

  getOwnPropertyDescriptor(target: Headers, name: string): PropertyDescriptor | undefined {
    return Reflect.getOwnPropertyDescriptor(this.#filled(target), name);
  }

  #filled(target: Headers): Headers {
    const unread = this.#unread;
    this.#unread = undefined;
    return unread === undefined ? target : Object.assign(target, unread.read(this.#fold));
  }
}

const skipBytes = (decoder: RecordDecoder): void => {
  const length = decoder.readVarInt();
  if (length > 0) decoder.offset += length;
};

/**
 * kafkajs reads this array only for a record's headers, and folds it into an object that it copies once per header: with
 * a dozen of them, most of the time and memory a record costs. Here they are passed over, and read by kafkajs' own
 * reader and fold when somebody asks for one.
 */
export function readHeadersLazily(this: RecordDecoder, reader: Reader): UnreadHeaders | [] {
  const { buffer, offset } = this;
  const count = this.readVarInt();
  for (let i = 0; i < count; i += 1) {
    skipBytes(this);
    skipBytes(this);
  }
  return count > 0 ? new UnreadHeaders(buffer, offset, reader) : [];
}
