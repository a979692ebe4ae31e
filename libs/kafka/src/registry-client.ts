import { isAvroText } from './avro-text.ts';
import { KafkaError } from './kafka-error.ts';
import type { RegistryAnswer, RegistryRequest } from './registry-http.ts';
import { askRegistry, errorCodeOf, messageOf } from './registry-http.ts';

export type Compatibility =
  'NONE' | 'BACKWARD' | 'BACKWARD_TRANSITIVE' | 'FORWARD' | 'FORWARD_TRANSITIVE' | 'FULL' | 'FULL_TRANSITIVE';

export type RegistryClientOptions = {
  /** Confluent API root, for instance http://127.0.0.1:18081/apis/ccompat/v7 */
  readonly url: string;
  /** Per request; default 3,000. */
  readonly timeoutMs?: number;
  /** How long "no such schema" is remembered; default 10,000. */
  readonly unknownForMs?: number;
};

export type RegisteredSchema = {
  readonly id: number;
  readonly version: number;
  readonly schema: string;
};

/** Errors are KafkaError: unknown_schema, schema_refused (both for good), registry_unavailable (may work later). */
export type RegistryClient = {
  /** Sets the subject's compatibility, then registers; the same schema again answers the same id. */
  register(subject: string, schema: string, compatibility: Compatibility): Promise<number>;
  /** The schema's JSON text. Kept for ever once seen; one request however many ask at once. */
  schemaById(id: number): Promise<string>;
  /** Undefined when the subject is not known. */
  latest(subject: string): Promise<RegisteredSchema | undefined>;
  /** Empty when it fits every version that the subject's compatibility looks at; else the registry's reasons. */
  incompatibilities(subject: string, schema: string): Promise<readonly string[]>;
};

const UNKNOWN_SUBJECT = 40401;
const UNKNOWN_VERSION = 40402;
const UNKNOWN_SCHEMA = 40403;

const refused = (subject: string, answer: RegistryAnswer): KafkaError =>
  new KafkaError(
    'schema_refused',
    `The registry refuses the schema for ${subject}: ${messageOf(answer)}. Make it compatible, or use a new subject.`,
  );

const pathOf = (subject: string): string => `/subjects/${encodeURIComponent(subject)}`;

class HttpRegistryClient implements RegistryClient {
  readonly #options: Required<RegistryClientOptions>;
  readonly #schemas = new Map<number, Promise<string>>();

  constructor(options: RegistryClientOptions) {
    this.#options = { timeoutMs: 3_000, unknownForMs: 10_000, ...options };
  }

  async register(subject: string, schema: string, compatibility: Compatibility): Promise<number> {
    const body = { schema };
    // the level comes first, so that this schema too is checked by it
    const level = await this.#ask({
      method: 'PUT',
      path: `/config/${encodeURIComponent(subject)}`,
      body: { compatibility },
    });
    if (level.status >= 400) throw refused(subject, level);
    const answer = await this.#ask({ method: 'POST', path: `${pathOf(subject)}/versions`, body });
    if (answer.status >= 400) throw refused(subject, answer);
    return (answer.body as { id: number }).id;
  }

  schemaById(id: number): Promise<string> {
    const known = this.#schemas.get(id);
    if (known !== undefined) return known;
    const asked = this.#find(id);
    this.#schemas.set(id, asked);
    asked.catch((error: unknown) => this.#forget(id, error));
    return asked;
  }

  async latest(subject: string): Promise<RegisteredSchema | undefined> {
    const answer = await this.#ask({ path: `${pathOf(subject)}/versions/latest` });
    const { id, version, schema } = answer.body as RegisteredSchema;
    if (answer.status < 400) return { id, version, schema };
    if (isUnknownSubject(answer)) return undefined;
    throw refused(subject, answer);
  }

  async incompatibilities(subject: string, schema: string): Promise<readonly string[]> {
    const path = `/compatibility${pathOf(subject)}/versions?verbose=true`;
    const answer = await this.#ask({ method: 'POST', path, body: { schema } });
    if (isUnknownSubject(answer)) return [];
    if (answer.status >= 400) return [messageOf(answer)];
    const { is_compatible: fits, messages } = answer.body as { is_compatible: boolean; messages?: string[] };
    return fits ? [] : messages !== undefined && messages.length > 0 ? messages : ['It is not compatible.'];
  }

  async #find(id: number): Promise<string> {
    const answer = await this.#ask({ path: `/schemas/ids/${id}` });
    if (answer.status < 400) return schemaOf(answer, id);
    if (errorCodeOf(answer) !== UNKNOWN_SCHEMA) {
      throw new KafkaError(
        'registry_unavailable',
        `The registry did not say what schema ${id} is: ${messageOf(answer)}`,
      );
    }
    throw new KafkaError(
      'unknown_schema',
      `The schema registry has no schema ${id}. The record was written against another registry, or is not Avro.`,
    );
  }

  /** "No such schema" is remembered for a while, so that a partition full of them asks once; a failure is not. */
  #forget(id: number, error: unknown): void {
    const remembered = error instanceof KafkaError && error.code === 'unknown_schema';
    if (remembered) setTimeout(() => this.#schemas.delete(id), this.#options.unknownForMs).unref();
    else this.#schemas.delete(id);
  }

  #ask(request: RegistryRequest): Promise<RegistryAnswer> {
    return askRegistry(this.#options.url, this.#options.timeoutMs, request);
  }
}

/** An answer that no registry gives for an Avro schema is of something else at its address, and is not to be remembered. */
const schemaOf = ({ body }: RegistryAnswer, id: number): string => {
  const { schema, schemaType = 'AVRO' } = (body ?? {}) as { schema?: unknown; schemaType?: unknown };
  if (typeof schema === 'string' && (schemaType !== 'AVRO' || isAvroText(schema))) return schema;
  throw new KafkaError(
    'registry_unavailable',
    `What answers for the registry gave no schema for ${id}. Try again later.`,
  );
};

const isUnknownSubject = (answer: RegistryAnswer): boolean =>
  [UNKNOWN_SUBJECT, UNKNOWN_VERSION].includes(errorCodeOf(answer) ?? 0);

/** A client of the Confluent API, as Apicurio and others offer it. Never retries: the caller knows how to wait. */
export const createRegistryClient = (options: RegistryClientOptions): RegistryClient => new HttpRegistryClient(options);
