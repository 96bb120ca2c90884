import { Injectable } from '@nestjs/common';
import { Authenticator, type Membership } from '#access';
import { AuditLogService } from '#audit-log';
import type { LateBody } from '#http';
import { type CallerScope, Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import { isAllowed, mostLevels } from './allowlist-rules.js';
import type { PluginAllowlistResponse } from './dto/plugin-allowlist.response.js';
import type { PutPluginAllowlistDto } from './dto/put-plugin-allowlist.dto.js';
import { PluginAllowlistsRepository } from './plugin-allowlists.repository.js';
import { isPluginName, type PluginSource } from './plugin-source.js';
import { pluginErrors } from './plugins.errors.js';

/** Which plugins may be installed in a workspace and in all below it. */
@Injectable()
export class PluginAllowlistsService {
  constructor(
    private readonly repository: PluginAllowlistsRepository,
    private readonly authenticator: Authenticator,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws AppError 403 `plugin.not_allowed` unless every list at or above the workspace names the plugin. */
  async check(scope: Pick<WorkspaceScope, 'workspaceId'>, source: PluginSource): Promise<void> {
    if (isAllowed(await this.repository.findRulers(scope, mostLevels), source.name)) return;
    throw pluginErrors.notAllowed({ params: { name: source.name }, extensions: { source: source.text } });
  }

  /** The list of one workspace. @throws AppError 404 `plugin.org_not_found`. */
  async get(workspaceRef: string): Promise<PluginAllowlistResponse> {
    return await this.#show(await this.#organisation(workspaceRef));
  }

  /**
   * Replaces the list of one workspace; an empty one allows everything. What is installed already stays.
   * @throws AppError 404 `plugin.org_not_found`, 400 `plugin.invalid_name`.
   */
  async put(
    caller: CallerScope,
    workspaceRef: string,
    body: LateBody<PutPluginAllowlistDto>,
  ): Promise<PluginAllowlistResponse> {
    const org = await this.#organisation(workspaceRef);
    const dto = body.read();
    const names = [...new Set(dto.plugins)].sort();
    if (!names.every(isPluginName)) throw pluginErrors.invalidName();
    return await this.transactions.run(async () => {
      const before = (await this.repository.find(org)).map(({ pluginName }) => pluginName);
      const enabled = { enabledBy: dto.enabled_by, enabledAt: this.clock.now() };
      const rows = names.map((pluginName) => ({ id: this.ids.next(), pluginName, ...enabled }));
      await this.repository.replace(org, rows);
      await this.audit.record(
        { ...caller, ...org },
        {
          action: 'plugin_allowlist.update',
          entityType: 'PLUGIN_ALLOWLIST',
          entityId: org.workspaceId,
          workspaceId: org.workspaceId,
          metadata: {
            enabled_by: dto.enabled_by,
            added: names.filter((name) => !before.includes(name)),
            removed: before.filter((name) => !names.includes(name)),
          },
        },
      );
      return await this.#show(org);
    });
  }

  async #organisation(workspaceRef: string): Promise<Membership> {
    return (await this.authenticator.administered(workspaceRef)) ?? raise(pluginErrors.orgNotFound());
  }

  async #show(org: Membership): Promise<PluginAllowlistResponse> {
    const rows = await this.repository.find(org);
    return {
      org_id: org.workspaceId,
      plugins: rows.map(({ pluginName, enabledBy, enabledAt }) => ({
        plugin_name: pluginName,
        enabled_by: enabledBy,
        enabled_at: enabledAt.toISOString(),
      })),
      allow_all: rows.length === 0,
    };
  }
}
