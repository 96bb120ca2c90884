import { Injectable } from '@nestjs/common';
import { type ComposioAccess, ComposioClient } from '#composio';
import { AppError, type WorkspaceScope } from '#kernel';
import type { UpstreamServer } from './composio-bindings.types.js';
import { ComposioServersRepository } from './composio-servers.repository.js';
import { keyFingerprint } from './key-fingerprint.js';

/** What identifies a server that we made, and the key that it was made with. */
export type MadeServer = Pick<UpstreamServer, 'name' | 'upstreamId' | 'keyFingerprint'>;

/** Tells a key that was rotated within its Composio project from one that leads into another. */
@Injectable()
export class ProjectChangesService {
  constructor(
    private readonly client: ComposioClient,
    private readonly servers: ComposioServersRepository,
  ) {}

  /** Whether apps of the agent are in a project that the key does not reach. Asks Composio only where the key is another. */
  async concernAgent(scope: WorkspaceScope, access: ComposioAccess, agentId: string): Promise<boolean> {
    const server = await this.servers.findOfOtherKey(scope, agentId, keyFingerprint(access.apiKey));
    return server !== null && (await this.concern(access, server));
  }

  /** Whether the key does not reach the server. What cannot be found out is not claimed. */
  async concern(access: ComposioAccess, server: MadeServer): Promise<boolean> {
    if (server.keyFingerprint === keyFingerprint(access.apiKey)) return false;
    try {
      return (await this.client.findMcpServer(access, server.name))?.id !== server.upstreamId;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}
