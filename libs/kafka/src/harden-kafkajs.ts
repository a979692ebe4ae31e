import { KafkaError } from './kafka-error.ts';
import type { ConsumerGroup, RequestQueue } from './kafkajs-internals.ts';
import { consumerGroupPrototype, recordDecoderPrototype, requestQueuePrototype } from './kafkajs-internals.ts';
import { readHeadersLazily } from './lazy-headers.ts';

const CHECK_AGAIN_MS = 10;

/**
 * kafkajs re-arms this timer after every response with a negative delay, which Node runs as 1 ms: some 700 wake-ups a
 * second per idle connection, and a TimeoutNegativeWarning (its issues 1556, 1704, 1751). A timer is needed only while
 * something is pending. It never has less than 1 ms, so that a throttle ending in this very millisecond is looked at
 * once more (its pull request 1532: a missed look left a connection silent for ten minutes).
 */
function scheduleOnlyWhilePending(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const throttledFor = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledFor > 0 ? throttledFor : CHECK_AGAIN_MS,
  );
}

/**
 * kafkajs would jump to the first or last record of the log without a word; a reader with a checkpoint must not. The
 * error has no cause of its own: kafkajs, wrapping it, would pass on that cause instead of it.
 */
function refuseToJump(this: ConsumerGroup, error: { topic: string; partition: number }): Promise<void> {
  return Promise.reject(
    new KafkaError(
      'offset_outside_log',
      `Partition ${error.partition} of ${error.topic} no longer has the offset that ${this.groupId} was to read next: ` +
        'the topic was truncated or made anew. Restore the topic, or rebuild the read model from its first record.',
    ),
  );
}

/** Replaces three methods of kafkajs 2.2.4 for every client of this process; again and again does no harm. */
export const hardenKafkajs = (): void => {
  requestQueuePrototype.scheduleCheckPendingRequests = scheduleOnlyWhilePending;
  consumerGroupPrototype.recoverFromOffsetOutOfRange = refuseToJump;
  recordDecoderPrototype.readVarIntArray = readHeadersLazily;
};
