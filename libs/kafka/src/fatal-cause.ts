import { isKafkaError, KafkaError } from './kafka-error.ts';

type ClientError = Error & { readonly type?: unknown; readonly originalError?: unknown };

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

const causeOf = ({ cause, originalError }: ClientError): unknown => cause ?? originalError;

/** The reason to give up for good, anywhere in the chain of causes; undefined when trying again may help. */
export const fatalCauseOf = (error: unknown): KafkaError | undefined => {
  for (let current = error, depth = 0; current instanceof Error && depth < 10; depth += 1) {
    if (isKafkaError(current)) return current.retriable ? undefined : current;
    const { name, message, type } = current as ClientError;
    if (hopelessNames.has(name) || hopelessTypes.has(type)) {
      return new KafkaError('consumer_crashed', `The Kafka client cannot go on: ${message}`, { cause: error });
    }
    current = causeOf(current);
  }
  return undefined;
};
