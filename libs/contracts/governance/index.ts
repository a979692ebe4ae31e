export { compareContract, type VersionedSchema } from './compare-contract.ts';
export { type BreakingChange, type ContractChange } from './contract-change.ts';
export { publishedSchemas, reviewContract, type ContractReview } from './published-contract.ts';
