/** Receives what the kit has to say; what heals by itself is a warning. */
export type ProjectorLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;
