import { describe, expect, it } from 'vitest';
import { fatalCauseOf } from './fatal-cause.ts';
import { KafkaError } from './kafka-error.ts';

const named = (name: string, cause?: unknown) => Object.assign(new Error(name, { cause }), { name });

describe('fatalCauseOf', () => {
  it('finds the reason to give up behind whatever kafkajs wraps around it', () => {
    const outside = new KafkaError('offset_outside_log', 'gone');
    expect(fatalCauseOf(named('KafkaJSNonRetriableError', outside))).toBe(outside);
    expect(fatalCauseOf(named('KafkaJSNumberOfRetriesExceeded', named('KafkaJSNotImplemented')))?.code).toBe(
      'consumer_crashed',
    );
    expect(fatalCauseOf(Object.assign(new Error('no'), { type: 'GROUP_AUTHORIZATION_FAILED' }))).toBeDefined();
  });

  it('does not give up on lost brokers', () => {
    expect(fatalCauseOf(named('KafkaJSNumberOfRetriesExceeded', named('KafkaJSConnectionError')))).toBeUndefined();
    expect(fatalCauseOf(named('KafkaJSNoBrokerAvailableError'))).toBeUndefined();
    expect(fatalCauseOf(new KafkaError('broker_unavailable', 'away'))).toBeUndefined();
  });
});
