import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { ComposioClient, findComposioFault } from '#composio';
import { Clock, Secret, Transactions, type WorkspaceScope } from '#kernel';
import { ComposioKeys } from './composio-keys.service.js';
import { composioSettingsErrors } from './composio-settings.errors.js';
import { ComposioSettingsRepository } from './composio-settings.repository.js';
import type { ComposioStatus } from './composio-settings.types.js';
import type { ComposioSettingsResponse } from './dto/composio-settings.response.js';
import type { UpdateComposioSettingsDto } from './dto/update-composio-settings.dto.js';

/** A workspace's own key to Composio. */
@Injectable()
export class ComposioSettingsService {
  constructor(
    private readonly repository: ComposioSettingsRepository,
    private readonly keys: ComposioKeys,
    private readonly composio: ComposioClient,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Which key counts. */
  async status(scope: WorkspaceScope): Promise<ComposioSettingsResponse> {
    return toResponse(await this.keys.status(scope));
  }

  /** Replaces the workspace's key, once Composio has taken the new one. */
  async update(scope: WorkspaceScope, dto: UpdateComposioSettingsDto): Promise<ComposioSettingsResponse> {
    const apiKey = await this.#validKey(dto.api_key.trim());
    const label = dto.label ?? '';
    await this.transactions.run(async () => {
      const before = await this.repository.findLabel(scope);
      const sealedApiKey = await this.keys.seal(scope, apiKey);
      await this.repository.upsert(scope, { sealedApiKey, label }, this.clock.now());
      await this.#record(scope, 'composio_settings.update', { label, replaced: before !== null });
    });
    return toResponse({ source: 'workspace', label });
  }

  /**
   * Removes the workspace's key and its default connector, if it has them. The server's key counts from then on, if there is
   * one. What the connector had at Composio is a leftover.
   */
  async remove(scope: WorkspaceScope): Promise<ComposioSettingsResponse> {
    await this.transactions.run(async () => {
      const { key, defaultConnector } = await this.repository.remove(scope);
      if (key) await this.#record(scope, 'composio_settings.delete', {});
      if (!defaultConnector) return;
      const entity = { entityType: 'WORKSPACE', entityId: scope.workspaceId };
      await this.audit.record(scope, { action: 'composio_default.delete', ...entity });
    });
    return this.status(scope);
  }

  async #validKey(text: string): Promise<Secret> {
    // No header can carry anything else, so no such key exists.
    if (!/^[\x21-\x7e]+$/.test(text)) throw composioSettingsErrors.keyRejected();
    const apiKey = new Secret(text);
    try {
      await this.composio.validateKey({ apiKey, source: 'workspace' });
    } catch (cause) {
      if (findComposioFault(cause)?.fault === 'key_rejected') throw composioSettingsErrors.keyRejected({ cause });
      throw cause;
    }
    return apiKey;
  }

  #record(scope: WorkspaceScope, action: string, metadata: Record<string, unknown>): Promise<void> {
    const { workspaceId } = scope;
    const entity = { entityType: 'COMPOSIO_SETTINGS', entityId: workspaceId };
    return this.audit.record(scope, { action, ...entity, metadata: redacted(metadata) });
  }
}

function toResponse({ source, label }: ComposioStatus): ComposioSettingsResponse {
  return { configured: source !== 'none', source, ...(label !== '' && { label }) };
}
