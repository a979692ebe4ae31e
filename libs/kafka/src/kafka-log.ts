export type KafkaLogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Receives what the Kafka client has to say, with the levels of an operator: what heals by itself is not an error. */
export type KafkaLog = (level: KafkaLogLevel, message: string, fields: Readonly<Record<string, unknown>>) => void;
