export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What a piece of work is; times in epoch milliseconds. */
export type Piece = {
  readonly name: string;
  /** internal unless said: server answers a request, client asks another process, producer and consumer are joined by records. */
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes?: Attributes;
  readonly startedAt?: number;
};

/** A piece of work of a trace, under way (a span). */
export type Work = {
  /** Its place in the trace as W3C Trace Context writes it, for whoever goes on with it. */
  readonly traceparent: string;
  /** A part of it. */
  begin(piece: Piece): Work;
  /** At its end. `error` says, without anything of a person, why it came to nothing. */
  end(attributes?: Attributes, error?: string): void;
};

/** Where the pieces of traces are told. */
export type Tracing = {
  /** Goes on with the trace of `traceparent`; where there is none, or it is malformed, a new one begins. */
  begin(piece: Piece, traceparent?: string): Work;
  /** Sends what has not been sent yet, for at most two seconds. */
  stop(): Promise<void>;
};

/** Runs `work` as a part of `whole`; where nobody traces, it just runs. */
export const traced = async <Result>(
  whole: Work | undefined,
  piece: Piece,
  work: (part: Work | undefined) => Promise<Result>,
): Promise<Result> => {
  if (whole === undefined) return work(undefined);
  const part = whole.begin(piece);
  try {
    const result = await work(part);
    part.end();
    return result;
  } catch (error) {
    part.end({}, error instanceof Error ? error.name : 'thrown');
    throw error;
  }
};

/** Whether the trace is one that is told; the last bit of a traceparent says so. */
export const isSampled = (traceparent: string): boolean => (Number.parseInt(traceparent.slice(53, 55), 16) & 1) === 1;
