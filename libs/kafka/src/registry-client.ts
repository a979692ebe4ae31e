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
