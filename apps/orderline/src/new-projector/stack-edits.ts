import { insertBefore } from './insert-before.ts';
import type { ProjectorNames } from './projector-names.ts';

export type Placed = ProjectorNames & { readonly port: number };

/** A file of the clone that lists every app, and how it is with a new projector in it. */
export type StackEdit = { readonly file: string; readonly edit: (content: string, placed: Placed) => string };

export const portPlanFile = 'infra/local/src/ports/port-plan.ts';

/** Everything that makes a projector part of the stack, native and in Docker. */
export const stackEdits: readonly StackEdit[] = [
  {
    file: portPlanFile,
    edit: (content, { name, port }) =>
      insertBefore(content, '  console: ', `  ${name.includes('-') ? `'${name}'` : name}: ${port},\n`),
  },
  {
    file: 'infra/local/src/stack/apps.ts',
    edit: (content, { name, folder, table }) => {
      const fields = [`name: '${name}'`, `folder: '${folder}'`, `kind: 'projector'`, `database: '${table}'`];
      const app = `  {\n${fields.map((field) => `    ${field},\n`).join('')}  },\n`;
      return insertBefore(content, '];\n\nexport const presentApps', app);
    },
  },
  {
    file: 'infra/postgres/roles.sql',
    edit: (content, { table }) => {
      const lines = found(content, / {6}\('order_summary_\w+', .*\n/gu);
      const roles = lines.replaceAll(/'order_summary_(\w+)', +/gu, (cell, role: string) =>
        `'${table}_${role}',`.padEnd(cell.length),
      );
      return insertBefore(content, "      ('registry', ", roles);
    },
  },
  {
    file: 'infra/postgres/databases.sql',
    edit: (content, placed) => {
      const database = renamed(found(content, /^.* DATABASE order_summary .*;\n/gmu), placed);
      return insertBefore(content, 'CREATE DATABASE registry ', `${database}\n`);
    },
  },
  {
    file: 'docker-compose.yml',
    edit: (content, placed) => {
      const service = renamed(found(content, /^ {2}order-summary:\n(?: {4}.*\n)+/gmu), placed);
      const places = found(content, / {6}PROJECTOR_URLS: .*\n/gu).trimEnd();
      const known = content.replace(places, `${places},${placed.name}=http://${placed.name}:${placed.port}`);
      return insertBefore(known, '\nvolumes:\n', `\n${service}`);
    },
  },
  {
    file: 'infra/observability/prometheus.yml',
    edit: (content, placed) => {
      const target = renamed(found(content, /^ {6}- targets: .*\n {8}labels: \{ app: order-summary \}\n/gmu), placed);
      return insertBefore(content, '\n  # npm run orderline -- audit', target);
    },
  },
];

/** What is there for order-summary, whose shape a new projector takes. */
const found = (content: string, pattern: RegExp): string => {
  const text = (content.match(pattern) ?? []).join('');
  if (text === '') throw new Error(`it should have lines for order-summary, such as ${pattern.source}`);
  return text;
};

const renamed = (text: string, { name, table, port }: Placed): string =>
  text
    .replaceAll('order-summary', name)
    .replaceAll('order_summary', table)
    .replaceAll('ORDER_SUMMARY', table.toUpperCase())
    .replaceAll('3001', String(port));
