import { isKafkaError, KafkaError } from './kafka-error.ts';

type ClientError = Error & { readonly type?: unknown };

const MOST_LEVELS = 8;

/** What no new session can cure: refused credentials or settings, and record formats that kafkajs cannot read. */
const hopelessNames = new Set([
  'KafkaJSNotImplemented',
  'KafkaJSSASLAuthenticationError',
  'KafkaJSServerDoesNotSupportApiKey',
]);
const hopelessTypes = new Set<unknown>([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INCONSISTENT_GROUP_PROTOCOL',
  'INVALID_SESSION_TIMEOUT',
]);

const judge = (error: ClientError): KafkaError | undefined => {
  if (isKafkaError(error)) return error.retriable ? undefined : error;
  if (!hopelessNames.has(error.name) && !hopelessTypes.has(error.type)) return undefined;
  return new KafkaError('consumer_crashed', `The Kafka client cannot go on: ${error.message}`, { cause: error });
};

/** The reason to give up for good, anywhere in the chain of causes; undefined when trying again may help. */
export const fatalCauseOf = (error: unknown, depth = 0): KafkaError | undefined => {
  if (!(error instanceof Error) || depth > MOST_LEVELS) return undefined;
  return judge(error) ?? fatalCauseOf(error.cause, depth + 1);
};
