import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type ComposioAccess, ComposioClient } from '#composio';
import type { WorkspaceScope } from '#kernel';
import { byToolkit } from './auth-config-rules.js';
import { ComposioLeasesService } from './composio-leases.service.js';

/** The auth config of an app at Composio. */
export interface FoundAuthConfig {
  id: string;
  /** Whether it had to be made for this. */
  created: boolean;
}

/** Auth configs at Composio. One that is made stays, whatever becomes of what it was made for: the audit log names it. */
@Injectable()
export class AuthConfigsService {
  constructor(
    private readonly client: ComposioClient,
    private readonly leases: ComposioLeasesService,
    private readonly audit: AuditLogService,
  ) {}

  /** The app's auth config. Several requests at once, on whatever process, do not make one each. @throws AppError 502, 409. */
  async ensure(scope: WorkspaceScope, access: ComposioAccess, toolkit: string): Promise<FoundAuthConfig> {
    const found = await this.#find(access, toolkit);
    if (found !== undefined) return { id: found, created: false };
    return this.leases.run(scope, async () => {
      const meanwhile = await this.#find(access, toolkit);
      if (meanwhile !== undefined) return { id: meanwhile, created: false };
      return { id: await this.create(scope, access, toolkit), created: true };
    });
  }

  /** Makes one that Composio manages, and answers its id. The workspace's lease has to be held. @throws AppError 502. */
  async create(scope: WorkspaceScope, access: ComposioAccess, toolkit: string): Promise<string> {
    const { id } = await this.client.createAuthConfig(access, toolkit);
    const entry = { action: 'composio_auth_config.create', entityType: 'COMPOSIO_AUTH_CONFIG', entityId: id };
    await this.audit.record(scope, { ...entry, metadata: { toolkit } });
    return id;
  }

  async #find(access: ComposioAccess, toolkit: string): Promise<string | undefined> {
    return byToolkit(await this.client.listAuthConfigs(access, 'find auth config')).get(toolkit);
  }
}
