import { Injectable } from '@nestjs/common';
import { type ComposioAccess, ComposioClient } from '#composio';
import type { WorkspaceScope } from '#kernel';
import type { AppPlan } from './app-plan.service.js';
import { AuthConfigsService } from './auth-configs.service.js';
import type { ServedApp } from './composio-bindings.types.js';
import type { ComposioLease } from './composio-leases.service.js';
import { appServerNames } from './server-names.js';
import { UpstreamServersService } from './upstream-servers.service.js';

/** Seeing to it that Composio serves the apps of a plan. */
@Injectable()
export class AppServingService {
  constructor(
    private readonly client: ComposioClient,
    private readonly authConfigs: AuthConfigsService,
    private readonly servers: UpstreamServersService,
  ) {}

  /** Each app with the server at Composio that has just the tools that Composio took. @throws AppError 502, 409. */
  async serve(
    scope: WorkspaceScope,
    lease: ComposioLease,
    access: ComposioAccess,
    { apps, authConfigs }: AppPlan,
    userId: string,
  ): Promise<ServedApp[]> {
    const served: ServedApp[] = [];
    for (const app of apps) {
      const { toolkit, tools } = app;
      const authConfigId = authConfigs.get(toolkit) ?? (await this.authConfigs.create(scope, access, toolkit));
      const wish = { toolkit, authConfigIds: [authConfigId], tools };
      const names = appServerNames(lease.workspaceId, toolkit, tools);
      const { id, upstreamId, allowedTools } = await this.servers.ensure(lease, access, wish, names);
      const taken = tools.filter((tool) => allowedTools.includes(tool));
      served.push({ ...app, tools: taken, serverId: id, endpoint: this.client.transportUrl(upstreamId, userId) });
    }
    return served;
  }
}
