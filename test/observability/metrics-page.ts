import type { Metric } from './exported-metrics.ts';

const heading = `# Metrics

What \`/metrics\` of each app tells, as its process says it. Made by \`test/observability/metrics.int.spec.ts\`, which fails when it
is stale: \`npx vitest run --project integration test/observability/metrics -u\` writes it. Every sample carries the label
\`service\`. What is worth an alarm is in infra/observability/rules.
`;

/** docs/metrics.md: what every app has, then what only some have, each in the order of the scrape. */
export const metricsPage = (exported: ReadonlyMap<string, readonly Metric[]>): string => {
  const apps = [...exported.keys()].filter((name) => name !== 'orderline audit');
  const projectors = apps.filter((name) => name.endsWith('-projector'));
  const groups: [string, string[]][] = [
    ['Every app', apps],
    ['Every app with a database', apps.filter((name) => name !== 'console')],
    ['Every projector', projectors],
    ...[...exported.keys()].map((name): [string, string[]] => [name, [name]]),
  ];
  const told = new Set<string>();
  const sections = groups.flatMap(([title, members]) => {
    const [first = '', ...others] = members;
    const metrics = (exported.get(first) ?? []).filter(
      ({ name }) => !told.has(name) && others.every((other) => exported.get(other)?.some((one) => one.name === name)),
    );
    for (const { name } of metrics) told.add(name);
    return metrics.length === 0 ? [] : `## ${title}\n\n${metrics.map(lineOf).join('\n')}\n`;
  });
  return [heading, ...sections].join('\n');
};

const lineOf = ({ name, type, help }: Metric): string => `- \`${name}\` (${type}): ${help.replaceAll('_', '\\_')}`;
