/** Injects the `Readiness` of the service. */
export const READINESS = Symbol('readiness');
/** Injects the prom-client `Registry` whose metrics `/metrics` shows. */
export const METRICS = Symbol('metrics');
/** Injects the `Tracing` of the service, or null where traces go nowhere. */
export const TRACING = Symbol('tracing');
/** Injects the service's pino logger. */
export const LOGGER = Symbol('logger');
/** Injects what the service says about itself (name, version, description). */
export const SERVICE = Symbol('service');

/** What a service says about itself in logs, metrics and its API description. */
export type ServiceIdentity = { name: string; version: string; description: string };
