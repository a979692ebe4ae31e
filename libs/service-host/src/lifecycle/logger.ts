import type { LoggerService } from '@nestjs/common';
import { pino, stdSerializers, type Logger } from 'pino';

/**
 * JSON lines on standard output. Errors are written as type, message, code, stack and cause only: a driver's error also
 * carries the row or the parameters it was about, and those may be personal.
 */
export const createLogger = (name: string, level: string): Logger =>
  pino(
    {
      level,
      base: { service: name },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: plainError },
    },
    pino.destination({ dest: 1, sync: false }),
  );

type PlainError = { type: string; message: string; code?: string; stack?: string; cause?: PlainError };

const plainError = (error: unknown): PlainError => {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown' };
  const { type, message } = stdSerializers.err(error);
  return {
    type,
    message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause instanceof Error ? { cause: plainError(error.cause) } : {}),
  };
};

/** Nest's own messages in the service's log; its start-up chatter is debug. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown) => logger.debug(String(message)),
  debug: (message: unknown) => logger.debug(String(message)),
  verbose: (message: unknown) => logger.trace(String(message)),
  warn: (message: unknown) => logger.warn(String(message)),
  error: (message: unknown) =>
    message instanceof Error ? logger.error({ err: message }) : logger.error(String(message)),
});
