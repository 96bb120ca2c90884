import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { ChannelTransferService } from '../channels/channel-transfer.service.js';
import { ImportedCredentialsService } from '../credentials/imported-credentials.service.js';
import { ScheduleTransferService } from '../schedules/schedule-transfer.service.js';
import { FileTransferService } from '../workspace-files/file-transfer.service.js';
import { MemoryTransferService } from '../workspace-memories/memory-transfer.service.js';
import type { ImportNote, PlannedWorkspace, SkippedItem } from './org-plan.types.js';
import { WorkspaceEquipmentService } from './workspace-equipment.service.js';

/** What a workspace got, and what it did not. */
export interface Filling {
  /** Types of its channels. */
  channels: string[];
  skipped: SkippedItem[];
  notes: ImportNote[];
}

/** Puts into a new workspace what the plan has for it. Runs in the caller's transaction. */
@Injectable()
export class WorkspaceFillingService {
  constructor(
    private readonly files: FileTransferService,
    private readonly memories: MemoryTransferService,
    private readonly schedules: ScheduleTransferService,
    private readonly channels: ChannelTransferService,
    private readonly credentials: ImportedCredentialsService,
    private readonly equipment: WorkspaceEquipmentService,
  ) {}

  /** Fills the workspace. What the features that own it refuse is told, with their reason. */
  async fill(scope: WorkspaceScope, planned: PlannedWorkspace): Promise<Filling> {
    const skipped = [...planned.skipped];
    const skip = (kind: SkippedItem['kind'], name: string, reason: string) =>
      void skipped.push({ workspace: planned.name, kind, name, reason });
    await this.files.import(scope, planned.files);
    for (const at of await this.memories.import(scope, planned.memories)) skip('memory', `#${at + 1}`, 'does not fit');
    await this.credentials.insertAll(scope, planned.variables);
    await this.#schedule(scope, planned, skip);
    const channels = await this.#connect(scope, planned, skip);
    return { channels, skipped, notes: await this.equipment.equip(scope, planned) };
  }

  async #schedule(scope: WorkspaceScope, { schedules }: PlannedWorkspace, skip: Skip): Promise<void> {
    if (schedules.length === 0) return;
    const items = schedules.map(({ name, cronExpr, timezone, prompt, enabled }, at) => {
      return { name: name || `schedule-${at + 1}`, cron_expr: cronExpr, timezone, prompt, enabled, agent_slug: null };
    });
    const { skipped } = await this.schedules.import(scope, items, { source: 'template' });
    for (const { name, reason } of skipped) skip('schedule', name, reason);
  }

  async #connect(scope: WorkspaceScope, { channels }: PlannedWorkspace, skip: Skip): Promise<string[]> {
    if (channels.length === 0) return [];
    const { created, skipped } = await this.channels.importConfigured(scope, channels);
    for (const { type, reason } of skipped) skip('channel', type, reason);
    return created;
  }
}

type Skip = (kind: SkippedItem['kind'], name: string, reason: string) => void;
