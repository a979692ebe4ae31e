import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { portPlan, stackApps } from '@orderline/local-stack';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readQuery } from './promql.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (path: string): string => readFileSync(repository + path, 'utf8');
const filesIn = (folder: string): string[] => readdirSync(repository + folder).map((file) => `${folder}/${file}`);

type Rule = {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
};
type RuleFile = { readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[] };
const rules = filesIn('infra/observability/rules').flatMap((file) =>
  (parse(textOf(file)) as RuleFile).groups.flatMap((group) => group.rules),
);

type Panel = {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly targets: readonly { readonly expr: string }[];
};
type Dashboard = { readonly uid: string; readonly title: string; readonly panels: readonly Panel[] };
const dashboards = filesIn('infra/observability/grafana/dashboards').map((file): [string, Dashboard] => [
  file,
  JSON.parse(textOf(file)) as Dashboard,
]);

const queries: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...dashboards.flatMap(([, { title, panels }]) =>
    panels.flatMap((panel) =>
      panel.targets.map(({ expr }, at): [string, string] => [`${title} / ${panel.title} ${at}`, expr]),
    ),
  ),
];

/** docs/metrics.md is held to what the processes of the apps export by metrics.int.spec.ts. */
const exported = new Map(
  [...textOf('docs/metrics.md').matchAll(/^- `(\S+)` \((\w+)\)/gmu)].map(([, name = '', type = '']) => [name, type]),
);
const ofPrometheus = ['up', 'ALERTS'];
const isExported = (series: string): boolean => {
  if (ofPrometheus.includes(series)) return true;
  const type = exported.get(series);
  if (type !== undefined) return type !== 'histogram';
  return exported.get(series.replace(/_(bucket|sum|count)$/u, '')) === 'histogram';
};
const labels = ['service', 'projection', 'generation', 'state', 'command', 'outcome', 'feed', 'why', 'route', 'status'];
const labelsOfPrometheus = ['job', 'instance', 'app', 'le', 'alertstate'];

describe('alerts and dashboards', () => {
  it.each(queries)('%s is PromQL, of metrics that some app exports and labels that they have', (_name, expr) => {
    const query = readQuery(expr);
    expect(query.faults).toEqual([]);
    expect(query.metrics.length).toBeGreaterThan(0);
    expect(query.metrics.filter((series) => !isExported(series))).toEqual([]);
    expect(query.labels.filter((label) => ![...labels, ...labelsOfPrometheus].includes(label))).toEqual([]);
  });

  it('would be refused where they were wrong', () => {
    expect(readQuery('sum(rate(x[5m])').faults).not.toEqual([]);
    expect(readQuery('max by (y) (a_b_bucket{z="1"})')).toEqual({
      ...{ faults: [], metrics: ['a_b_bucket'], labels: ['y', 'z'] },
    });
    expect(['orderline_commands', 'orderline_append_duration_seconds', 'up'].map(isExported)).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('alert rules', () => {
  it('have names of their own, say what is wrong, and how urgent it is', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels: given, annotations } of rules) {
      expect(['page', 'ticket'], alert).toContain(given.severity);
      expect(annotations.summary.length, alert).toBeGreaterThan(20);
    }
  });

  it.each(rules.map((rule): [string, string] => [rule.alert, rule.annotations.runbook]))(
    '%s leads to a runbook that speaks of it: %s',
    (alert, runbook) => {
      expect(existsSync(repository + runbook)).toBe(true);
      expect(textOf(runbook)).toContain(`\`${alert}\``);
    },
  );

  it.each(filesIn('docs/runbooks'))('%s says in its first line what is wrong and what to do', (runbook) => {
    expect(textOf(runbook)).toMatch(/^# .+\n\n[A-Z][^\n]{40,170}\.\n\n/u);
  });
});

describe('dashboards', () => {
  it('have ids and titles of their own, and every panel says what it shows', () => {
    expect(new Set(dashboards.map(([, { uid }]) => uid)).size).toBe(dashboards.length);
    for (const [file, { panels }] of dashboards) {
      expect(new Set(panels.map(({ id }) => id)).size, file).toBe(panels.length);
      expect(
        panels.filter(({ title, description, targets }) => !title || !description || targets.length === 0),
      ).toEqual([]);
    }
  });
});

type Scraping = {
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly static_configs: readonly {
      readonly targets: readonly string[];
      readonly labels: { readonly app: string };
    }[];
  }[];
};

describe('the scrape file', () => {
  const file = parse(textOf('infra/observability/prometheus.yml')) as Scraping;

  it('names every app of the stack at its port', () => {
    const job = file.scrape_configs.find(({ job_name: name }) => name === 'orderline');
    const ports = portPlan({});
    expect(job?.static_configs.map(({ targets, labels: { app } }) => [app, ...targets])).toEqual(
      stackApps.map(({ name }) => [name, `127.0.0.1:${ports[name]}`]),
    );
  });

  it('takes in every rule file', () => {
    expect(file.rule_files).toEqual(['rules/*.yml']);
    expect(filesIn('infra/observability/rules').filter((path) => !path.endsWith('.yml'))).toEqual([]);
  });
});
