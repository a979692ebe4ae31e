/** Injects the `Projector` of the app. */
export const PROJECTOR = Symbol('projector');
/** Injects the pool of the read model's database. */
export const POOL = Symbol('read model pool');
