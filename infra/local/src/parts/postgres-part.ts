import { answers, preparePostgres, postgresStop } from '../postgres/start-postgres.ts';
import type { Part } from './part.ts';

export const postgresPart = (settings: {
  folder: string;
  port: number;
  adminUrl: string;
  onNotice: (notice: string) => void;
}): Part => ({
  name: 'postgres',
  prepare: async () => {
    const { command, notices } = await preparePostgres({ folder: settings.folder, port: settings.port });
    notices.forEach(settings.onNotice);
    return command;
  },
  isReady: () => answers(settings.adminUrl),
  readyWithinMs: 120_000,
  stop: postgresStop,
});
