import { Injectable } from '@nestjs/common';
import type { ComposioAccess } from '#composio';
import { AppConfig } from '#config';
import { raise, type Secret, type WorkspaceScope } from '#kernel';
import { Vault } from '#vault';
import { composioSettingsErrors } from './composio-settings.errors.js';
import { ComposioSettingsRepository } from './composio-settings.repository.js';
import type { ComposioStatus } from './composio-settings.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/**
 * Which key a workspace reaches Composio with: its own, else the server's. Asked anew for every use, so that a changed
 * key counts at once, in every process.
 */
@Injectable()
export class ComposioKeys {
  constructor(
    private readonly repository: ComposioSettingsRepository,
    private readonly vault: Vault,
    private readonly config: AppConfig,
  ) {}

  /**
   * The key that counts now, or null when there is none.
   * @throws AppError `vault.unreadable` (500) when the workspace's own cannot be opened: the server's would lead into
   * another Composio project.
   */
  async forWorkspace(scope: Tenant): Promise<ComposioAccess | null> {
    const stored = await this.repository.findSealed(scope);
    if (stored !== null) {
      return { apiKey: await this.vault.open(stored.sealedApiKey, placeOf(scope)), source: 'workspace' };
    }
    const { apiKey } = this.config.composio;
    return apiKey && { apiKey, source: 'env' };
  }

  /** The key that counts now. @throws AppError `composio_settings.not_configured` (400), and as {@link forWorkspace}. */
  async require(scope: Tenant): Promise<ComposioAccess> {
    return (await this.forWorkspace(scope)) ?? raise(composioSettingsErrors.notConfigured());
  }

  /** Where the key comes from, without opening it. */
  async status(scope: Tenant): Promise<ComposioStatus> {
    const label = await this.repository.findLabel(scope);
    if (label !== null) return { source: 'workspace', label };
    return { source: this.config.composio.apiKey === null ? 'none' : 'env', label: '' };
  }

  /** The text to store as the workspace's own key. */
  seal(scope: Tenant, apiKey: Secret): Promise<string> {
    return this.vault.seal(apiKey, placeOf(scope));
  }
}

// One row for each workspace, so its id is the row's too.
function placeOf({ workspaceId }: Tenant) {
  return { workspaceId, table: 'composio_settings', column: 'sealed_api_key', rowId: workspaceId };
}
