export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { eventually } from './eventually.ts';
export { startTcpGate, type TcpGate } from './tcp-gate.ts';
export { deciderSpecification } from './decider-specification.ts';
export { projectionSpecification, type Projected } from './projection-specification.ts';
