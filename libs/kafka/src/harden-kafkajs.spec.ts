import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKafka } from './create-kafka.ts';
import { hardenKafkajs } from './harden-kafkajs.ts';
import { consumerGroupPrototype, openCluster, requestQueuePrototype } from './kafkajs-internals.ts';

const queueWith = (state: { pending: unknown[]; throttledUntil: number }) => {
  const checks = vi.fn();
  const queue = Object.assign(Object.create(requestQueuePrototype) as typeof requestQueuePrototype, {
    throttleCheckTimeoutId: null,
    ...state,
    checkPendingRequests: () => void checks(),
  });
  return { queue, checks };
};

describe('kafkajs, hardened', () => {
  hardenKafkajs();
  afterEach(() => vi.useRealTimers());

  it('arms no timer while nothing is pending', () => {
    const { queue } = queueWith({ pending: [], throttledUntil: -1 });
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it('looks again when a throttle ends, and never after a negative time', () => {
    vi.useFakeTimers();
    const { queue, checks } = queueWith({ pending: [{}], throttledUntil: Date.now() + 50 });
    queue.scheduleCheckPendingRequests();
    vi.advanceTimersByTime(49);
    expect(checks).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(checks).toHaveBeenCalledOnce();
    queue.scheduleCheckPendingRequests();
    vi.advanceTimersByTime(10);
    expect(checks).toHaveBeenCalledTimes(2);
  });

  it('arms one timer, however often it is asked', () => {
    vi.useFakeTimers();
    const { queue } = queueWith({ pending: [{}], throttledUntil: -1 });
    for (let i = 0; i < 5; i += 1) queue.scheduleCheckPendingRequests();
    expect(vi.getTimerCount()).toBe(1);
  });

  it('refuses to jump when an offset is outside the log', async () => {
    const jump = consumerGroupPrototype.recoverFromOffsetOutOfRange.bind({ ...consumerGroupPrototype, groupId: 'g' });
    await expect(jump({ topic: 'orders', partition: 3 })).rejects.toMatchObject({
      code: 'offset_outside_log',
      retriable: false,
    });
  });

  it('still finds the clusters that kafkajs hides', () => {
    expect(openCluster(createKafka({ brokers: ['127.0.0.1:1'], clientId: 'spec' }))).toHaveProperty(
      'fetchTopicsOffset',
    );
  });
});
