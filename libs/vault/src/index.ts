export { parseArgsJson } from './args-json.js';
export { type ConfigOptions, isHeaderValue, type ParsedConfig, parseConfigJson } from './config-json.js';
export * from './credential-references.js';
export * from './data-keys.js';
export * from './env-json.js';
export {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  maxJsonBytes,
  maxJsonDepth,
  parseJsonColumn,
} from './json-column.js';
export * from './json-references.js';
export * from './key-ring.js';
export * from './literal-pack.js';
export type { EarlierLiterals } from './literal-sealer.js';
export * from './literals.js';
export * from './render.js';
export * from './sealed-place.js';
export * from './sealed-placeholders.js';
export { looksSecret } from './secret-detection.js';
export { hasSecretFormat } from './secret-formats.js';
export { ServerConfigFaults, serverConfigErrors } from './server-config.errors.js';
export type { TemplateFault } from './template.js';
export { SealFailure, type SealFailureReason, vaultErrors } from './vault.errors.js';
export { Vault } from './vault.js';
export { withoutSecrets } from './without-secrets.js';
