// Classes 08 connection, 40 rollback (serialization, deadlock), 53 resources, 57P shutdown, 58 system.
const TRANSIENT_CLASS = /^(08|40|53|57P|58)/;
// lock_not_available, query_canceled (statement_timeout), idle_in_transaction_session_timeout, read_only_sql_transaction
// (a standby that answers in the middle of a failover).
const TRANSIENT_STATE = new Set(['55P03', '57014', '25P03', '25006']);
const SOCKET_CODE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
// pg gives these no code.
const LOST_CONNECTION_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout)/;

/**
 * True for a fault of the database that may be gone on a later try: connection lost or refused, shutdown, deadlock,
 * timeout, too many connections. It says nothing about whether the failed statement took effect: `hasUnknownOutcome` does.
 */
export const isTransient = (error: unknown): boolean => {
  const state = sqlState(error);
  if (state !== undefined) return TRANSIENT_CLASS.test(state) || TRANSIENT_STATE.has(state);
  return isConnectionFault(error) || (error instanceof Error && error.cause !== undefined && isTransient(error.cause));
};

/**
 * True when a statement may have been committed although it failed: the connection broke before the server's answer.
 * Such a statement must never be run again blindly.
 */
export const hasUnknownOutcome = (error: unknown): boolean => {
  if (sqlState(error) !== undefined) return severity(error) !== 'ERROR';
  return isConnectionFault(error);
};

/** The five-letter SQLSTATE of an error that the server sent, else undefined. */
export const sqlState = (error: unknown): string | undefined => {
  const code = error instanceof Error && 'severity' in error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

const severity = (error: unknown): unknown =>
  error instanceof Error && 'severity' in error ? error.severity : undefined;

const isConnectionFault = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && SOCKET_CODE.has(error.code)) return true;
  return LOST_CONNECTION_MESSAGE.test(error.message);
};
