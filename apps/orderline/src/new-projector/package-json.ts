import { readFileSync } from 'node:fs';
import type { ProjectorNames } from './projector-names.ts';

const neighbour = new URL('../../../order-summary-projector/package.json', import.meta.url);

/** The package of a new projector, with the versions that the other projectors have. */
export const packageJson = ({ folder }: Pick<ProjectorNames, 'folder'>): string => {
  const { dependencies } = JSON.parse(readFileSync(neighbour, 'utf8')) as { dependencies: Record<string, string> };
  const content = {
    name: `@orderline/${folder}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    dependencies: {
      '@nestjs/common': dependencies['@nestjs/common'],
      '@orderline/postgres': '*',
      '@orderline/projection': '*',
      '@orderline/projector-host': '*',
      '@orderline/read-models': '*',
      '@orderline/service-host': '*',
      zod: dependencies['zod'],
    },
    devDependencies: { '@orderline/testing': '*' },
    nx: { tags: ['type:app', 'app:projector'], targets: { test: {} } },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
};
