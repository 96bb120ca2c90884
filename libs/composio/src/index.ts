export * from './composio.errors.js';
export type * from './composio.types.js';
export { ComposioClient } from './composio-client.js';
export { ComposioSdkClient } from './composio-sdk-client.js';
export { maxUpstreamText } from './upstream-answers.schema.js';
