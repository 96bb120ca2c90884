import createFetchClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { paths } from './schema.js';

export type { components, operations, paths } from './schema.js';

/** A typed client of the API: every path, body and answer is checked against the published contract. */
export type CrewshipClient = Client<paths>;

/** How to reach and sign in to an instance. */
export interface CrewshipClientOptions extends ClientOptions {
  /** URL of the instance, such as `http://localhost:8080`. */
  baseUrl: string;
  /** CLI token or session token, sent as `Authorization: Bearer`. */
  token?: string;
  /** Id or slug of the workspace that calls are about, sent as `X-Workspace-ID`. */
  workspaceId?: string;
}

/**
 * Makes a client.
 *
 * @example
 * const api = createClient({ baseUrl: 'http://localhost:8080', token, workspaceId });
 * const { data, error } = await api.GET('/api/v1/integrations');
 */
export function createClient({ token, workspaceId, headers, ...options }: CrewshipClientOptions): CrewshipClient {
  return createFetchClient<paths>({
    ...options,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(workspaceId !== undefined && { 'X-Workspace-ID': workspaceId }),
      ...(headers as Record<string, string> | undefined),
    },
  });
}
