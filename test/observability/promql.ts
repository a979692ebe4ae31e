import { parser } from '@prometheus-io/lezer-promql';

export type Query = {
  /** Where it cannot be parsed, the text from there on. */
  readonly faults: readonly string[];
  /** Of series, as they are stored: a histogram's with _bucket, _sum or _count. */
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
};

/** Grafana puts a duration in the place of these. */
const variables = /\$__(rate_interval|interval|range)/gu;

/** What a PromQL expression names, by Prometheus' own grammar. */
export const readQuery = (text: string): Query => {
  const expression = text.replaceAll(variables, '5m');
  const faults: string[] = [];
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(expression).iterate({
    enter: (node) => {
      const content = expression.slice(node.from, node.to);
      if (node.type.isError) faults.push(expression.slice(node.from));
      else if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') metrics.push(content);
      else if (node.name === 'LabelName') labels.push(content);
    },
  });
  return { faults, metrics, labels };
};
