/** Injects the `Pool` of the orders database, as orders_relay. */
export const POOL = Symbol('pool');
/** Injects the `RelayParts`: what is looked at, and what can be done about it. */
export const PARTS = Symbol('parts');
/** Injects the frozen `Config`. */
export const CONFIG = Symbol('config');
