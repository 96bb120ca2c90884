export * from './data-keys.js';
export * from './key-ring.js';
export * from './sealed-place.js';
export { SealFailure, type SealFailureReason, vaultErrors } from './vault.errors.js';
export { Vault } from './vault.js';
