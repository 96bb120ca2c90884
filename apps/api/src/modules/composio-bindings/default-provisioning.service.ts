import { Injectable } from '@nestjs/common';
import { type ComposioAccess, ComposioClient } from '#composio';
import type { WorkspaceScope } from '#kernel';
import { isEnabled } from './auth-config-rules.js';
import { composioBindingErrors } from './composio-bindings.errors.js';
import { defaultServerNames } from './server-names.js';
import { StoredDefaultService } from './stored-default.service.js';
import { UpstreamChangesService } from './upstream-changes.service.js';
import { UpstreamServersService } from './upstream-servers.service.js';

/** Setting up the default connector: the server at Composio first, then the row that names it. */
@Injectable()
export class DefaultProvisioningService {
  constructor(
    private readonly client: ComposioClient,
    private readonly servers: UpstreamServersService,
    private readonly changes: UpstreamChangesService,
    private readonly stored: StoredDefaultService,
  ) {}

  /**
   * Makes the connector serve every app that is connected, for the given user, else the one that is set, else the only
   * one that there is.
   * @throws AppError 400 when no user can be told or no app is connected, 502, 409.
   */
  provision(scope: WorkspaceScope, access: ComposioAccess, givenUserId: string): Promise<void> {
    return this.changes.run(scope, access, async (lease) => {
      const userId = givenUserId || ((await this.stored.find(scope))?.userId ?? (await this.#onlyUser(access)));
      const authConfigIds = await this.#authConfigs(access);
      const wish = { toolkit: null, authConfigIds, tools: [] };
      const { id, upstreamId } = await this.servers.ensure(lease, access, wish, defaultServerNames(scope.workspaceId));
      const endpoint = this.client.transportUrl(upstreamId, userId);
      await this.stored.set(scope, { lease, access }, { userId, serverId: id, endpoint });
    });
  }

  /** Takes the connector from everybody; its server at Composio is deleted as any other that nothing uses. @throws AppError 409. */
  remove(scope: WorkspaceScope, access: ComposioAccess | null): Promise<void> {
    return this.changes.run(scope, access, (lease) => this.stored.remove(scope, lease));
  }

  async #onlyUser(access: ComposioAccess): Promise<string> {
    const accounts = await this.client.listConnectedAccounts(access);
    const [user, another] = new Set(accounts.map(({ userId }) => userId));
    if (user === undefined) throw composioBindingErrors.noAccounts();
    if (another !== undefined) throw composioBindingErrors.severalUsers();
    return user;
  }

  // A disabled one would keep the server from working for all of them.
  async #authConfigs(access: ComposioAccess): Promise<string[]> {
    const configs = await this.client.listAuthConfigs(access);
    const ids = new Set(configs.filter(isEnabled).map(({ id }) => id));
    ids.delete('');
    if (ids.size === 0) throw composioBindingErrors.noConnectedApps();
    return [...ids];
  }
}
