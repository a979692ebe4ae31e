/** Where traces are sent, and how many. */
export type TraceSettings = {
  /** A file that spans are appended to, as lines of OTLP JSON; processes may share it. */
  readonly file: string | undefined;
  /** The address of a collector that takes OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string | undefined;
  /** Which share, 0 to 1, of the traces that begin here is told; those of a caller go by the caller's choice. */
  readonly ratio: number;
};
