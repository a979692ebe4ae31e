import { readFileSync } from 'node:fs';

/** A span as it was told. Kinds: 2 server, 3 client, 4 producer, 5 consumer. */
export type Span = {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where the trace begins. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string | number>>;
};

type Value = { readonly stringValue?: string; readonly intValue?: number; readonly doubleValue?: number };
type Attribute = { readonly key: string; readonly value: Value };
type Written = Omit<Span, 'service' | 'attributes' | 'parentSpanId'> & {
  readonly parentSpanId?: string;
  readonly attributes: readonly Attribute[];
};
type Line = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Written[] }[];
  }[];
};

const plain = (attributes: readonly Attribute[]): Record<string, string | number> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.doubleValue ?? '']),
  );

/** Every span of a trace that was told to the file so far, by whichever process. */
export const spansOf = (file: string, traceId: string): Span[] =>
  readFileSync(file, { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as Line).resourceSpans)
    .flatMap(({ resource, scopeSpans }) =>
      scopeSpans
        .flatMap(({ spans }) => spans)
        .map((span) => ({
          ...span,
          service: String(plain(resource.attributes)['service.name']),
          parentSpanId: span.parentSpanId ?? '',
          attributes: plain(span.attributes),
        })),
    )
    .filter((span) => span.traceId === traceId);
