import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { ComposioClient } from '#composio';
import type { LateBody } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { composioCatalogueErrors } from './composio-catalogue.errors.js';
import { toTriggerResponse } from './composio-catalogue.mapper.js';
import { blankFields, upstreamId } from './composio-parameters.js';
import type { ComposioTriggerCreatedResponse } from './dto/composio-triggers.response.js';
import type { CreateComposioTriggerDto } from './dto/create-composio-trigger.dto.js';

/** Changing triggers at Composio. */
@Injectable()
export class ComposioTriggersService {
  constructor(
    private readonly keys: ComposioKeys,
    private readonly composio: ComposioClient,
    private readonly audit: AuditLogService,
  ) {}

  /** Makes a trigger for a Composio user, or enables the one that exists. */
  async create(
    scope: WorkspaceScope,
    body: LateBody<CreateComposioTriggerDto>,
  ): Promise<ComposioTriggerCreatedResponse> {
    const access = await this.keys.require(scope);
    const dto = body.read();
    const wish = { slug: dto.slug.trim(), userId: dto.user_id.trim(), config: dto.config ?? null };
    const fields = blankFields({ slug: wish.slug, user_id: wish.userId }, 'slug and user_id are required');
    if (fields.length > 0) throw composioCatalogueErrors.triggerFieldsRequired({ fields });
    const { triggerId } = await this.composio.upsertTrigger(access, wish);
    await this.#record(scope, 'composio_trigger.create', triggerId, { slug: wish.slug, composio_user: wish.userId });
    const { slug: triggerName, userId, config } = wish;
    const trigger = { id: triggerId, triggerName, userId, connectedAccountId: '', config, disabledAt: null };
    return { enabled: true, trigger: toTriggerResponse(trigger) };
  }

  /** Stops a trigger, which stays. */
  async disable(scope: WorkspaceScope, triggerId: string): Promise<void> {
    const access = await this.keys.require(scope);
    const id = upstreamId('trigger id', triggerId);
    await this.composio.setTriggerEnabled(access, id, false);
    await this.#record(scope, 'composio_trigger.disable', id, {});
  }

  /** Removes a trigger. */
  async remove(scope: WorkspaceScope, triggerId: string): Promise<void> {
    const access = await this.keys.require(scope);
    const id = upstreamId('trigger id', triggerId);
    await this.composio.deleteTrigger(access, id);
    await this.#record(scope, 'composio_trigger.delete', id, {});
  }

  #record(scope: WorkspaceScope, action: string, id: string, metadata: Record<string, unknown>): Promise<void> {
    const entry = { action, entityType: 'COMPOSIO_TRIGGER', entityId: id, metadata: redacted(metadata) };
    return this.audit.record(scope, entry);
  }
}
