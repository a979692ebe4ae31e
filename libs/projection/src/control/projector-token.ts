/** Injects the `Projector` of the app. */
export const PROJECTOR = Symbol('projector');
