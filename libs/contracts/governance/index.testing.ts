export { breakingChanges } from './breaking-changes.testing.ts';
export { harmlessChanges } from './harmless-changes.testing.ts';
export { seeded, type SeededChange } from './seeded-change.testing.ts';
