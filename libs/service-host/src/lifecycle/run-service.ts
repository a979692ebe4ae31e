import { InvalidConfig } from '../config/parse-config.ts';
import { CannotStart } from './cannot-start.ts';
import type { RunningService } from './start-service.ts';

/**
 * The whole of a service's main: starts it, drains it at SIGTERM or SIGINT and exits 0, or 1 when draining takes longer
 * than `shutdownTimeoutMs`. A start that fails exits 1 and says why: wrong settings and `CannotStart` without a stack.
 * An error that nothing caught is logged once, and the process ends: its state is not to be trusted.
 */
export const runService = async (start: () => Promise<RunningService>): Promise<void> => {
  const signalled = Promise.withResolvers<NodeJS.Signals>();
  // From the first moment: a signal that comes while the service starts stops it once it has started.
  process.on('SIGTERM', signalled.resolve);
  process.on('SIGINT', signalled.resolve);
  const service = await startOrExit(start);
  const die = (error: unknown): void => {
    service.logger.fatal({ err: error }, 'uncaught error');
    exit(service, 1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  await drainAndExit(service, await signalled.promise);
};

const startOrExit = async (start: () => Promise<RunningService>): Promise<RunningService> => {
  try {
    return await start();
  } catch (error) {
    const told = error instanceof InvalidConfig || error instanceof CannotStart;
    process.stderr.write(`${told ? error.message : describe(error)}\n`);
    process.exit(1);
  }
};

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const drainAndExit = async (service: RunningService, signal: NodeJS.Signals): Promise<void> => {
  service.logger.info({ signal }, 'stopping');
  setTimeout(() => {
    service.logger.error(`not stopped within ${service.shutdownTimeoutMs} ms: leaving`);
    exit(service, 1);
  }, service.shutdownTimeoutMs).unref();
  try {
    await service.stop();
    service.logger.info('stopped');
    exit(service, 0);
  } catch (error) {
    service.logger.error({ err: error }, 'stopping failed');
    exit(service, 1);
  }
};

/** The log is written asynchronously: what is still in its buffer goes out first. */
const exit = (service: RunningService, code: number): void => {
  service.logger.flush(() => process.exit(code));
};
