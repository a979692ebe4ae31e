import kafkajs from 'kafkajs';
import type { LogEntry } from 'kafkajs';

export type KafkaLogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Receives what the Kafka client has to say, with the levels of an operator: what heals by itself is not an error. */
export type KafkaLog = (level: KafkaLogLevel, message: string, fields: Readonly<Record<string, unknown>>) => void;

const REPEATED_WITHIN_MS = 10_000;
const { ERROR, WARN } = kafkajs.logLevel;

/** kafkajs calls these errors; they are how a group changes hands, or how a broker asks for another try. */
const partOfLife = /rebalanc|rejoin|not aware of this member|needs to have a valid member id|generation id/iu;
const selfHealing = /^Connection|^Failed to connect|^Crash:|^Error while|^Closed connection/u;
const worthKnowing = /joined the group$/u;
/** Advice for those who upgrade from kafkajs 1. */
const irrelevant = /switched default partitioner/u;

const levelOf = (entry: LogEntry, text: string): KafkaLogLevel => {
  if (worthKnowing.test(entry.log.message)) return 'info';
  if (entry.level > WARN || partOfLife.test(text)) return 'debug';
  return entry.level === ERROR && !selfHealing.test(entry.log.message) ? 'error' : 'warn';
};

const leftOut = new Set(['message', 'timestamp', 'logger', 'stack']);

const fieldsOf = ({ log }: LogEntry): Record<string, unknown> =>
  Object.fromEntries(Object.entries(log).filter(([name]) => !leftOut.has(name)));

/**
 * Passes kafkajs' log entries on: levels put right, stacks and its own timestamps left out, and a warning that repeats
 * itself told once in ten seconds with the number of times it was held back.
 */
export const translateKafkajsLog = (log: KafkaLog, now: () => number = Date.now): ((entry: LogEntry) => void) => {
  const told = new Map<string, { at: number; heldBack: number }>();
  const heldBackBefore = (key: string): number | undefined => {
    const last = told.get(key);
    if (last !== undefined && now() - last.at < REPEATED_WITHIN_MS) {
      last.heldBack += 1;
      return undefined;
    }
    told.set(key, { at: now(), heldBack: 0 });
    return last?.heldBack ?? 0;
  };
  return (entry) => {
    const { message } = entry.log;
    if (irrelevant.test(message)) return;
    const level = levelOf(entry, `${message} ${String(entry.log['error'] ?? '')}`);
    const heldBack = level === 'warn' || level === 'error' ? heldBackBefore(`${entry.namespace} ${message}`) : 0;
    if (heldBack === undefined) return;
    log(level, message, { part: entry.namespace, ...fieldsOf(entry), ...(heldBack > 0 && { heldBack }) });
  };
};
