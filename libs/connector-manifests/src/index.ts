export * from './manifest.schema.js';
export * from './manifest-faults.js';
export type { ManifestField } from './manifest-field.schema.js';
export * from './read-manifest.js';
