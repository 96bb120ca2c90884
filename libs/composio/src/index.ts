export * from './composio.errors.js';
export type * from './composio.types.js';
export { ComposioClient } from './composio-client.js';
