/** Injects the frozen `Config`. */
export const CONFIG = Symbol('config');
/** Injects the `Upstreams`: every part of the stack that is asked. */
export const UPSTREAMS = Symbol('upstreams');
/** Injects the `Topic`: what is looked up on Kafka. */
export const TOPIC = Symbol('topic');
/** Injects what makes a record of the topic readable. */
export const RECORDS = Symbol('records');
