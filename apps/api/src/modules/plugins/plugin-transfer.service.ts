import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { AuditLogService } from '#audit-log';
import { JobHandlers, JobQueue } from '#jobs';
import { AppError, Clock, type ErrorKind, type WorkspaceScope } from '#kernel';
import { PluginInstallService } from './plugin-install.service.js';
import { readPluginSource } from './plugin-source.js';
import { PluginsRepository } from './plugins.repository.js';
import type { PluginPin } from './plugins.types.js';

const task = 'plugin.install';
const payloadSchema = z.object({ workspaceId: z.string(), source: z.string(), sha256: z.string().nullable() });

// Trying again changes nothing about the others.
const passing: ReadonlySet<ErrorKind> = new Set(['upstream', 'timeout', 'unavailable', 'internal']);

/** Plugins in bundles and templates: where each came from and what it must be again, never its files. */
@Injectable()
export class PluginTransferService implements OnModuleInit {
  readonly #log = new Logger('Plugins');

  constructor(
    private readonly repository: PluginsRepository,
    private readonly installation: PluginInstallService,
    private readonly queue: JobQueue,
    private readonly handlers: JobHandlers,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(task, (payload) => this.#install(payload));
  }

  /** What is installed, by name. */
  async export(scope: Pick<WorkspaceScope, 'workspaceId'>): Promise<PluginPin[]> {
    const { items } = await this.repository.findMany(scope, { limit: 100, offset: 0 });
    return items.map(({ name, source, sha256 }) => ({ name, source, sha256 }));
  }

  /**
   * Has plugins installed soon after the caller's transaction: fetching is no work for a transaction. Each must have the
   * digest of its pin; `sha256` may be null where the source itself is pinned. A fetch that fails for a while is tried again;
   * one that cannot succeed ends in an audit row `plugin.install_failed`.
   * @throws AppError 400 or 422 for a source that could never be installed.
   */
  async import(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    pins: readonly (Pick<PluginPin, 'source'> & { sha256: string | null })[],
  ): Promise<void> {
    const { workspaceId } = scope;
    const runAt = this.clock.now();
    const jobs = pins.map(({ source, sha256 }) => {
      const { name, text } = readPluginSource(source, { allowUnpinned: sha256 !== null });
      return { task, runAt, key: `${task}:${workspaceId}:${name}`, payload: { workspaceId, source: text, sha256 } };
    });
    await this.queue.addAll(jobs);
  }

  async #install(payload: unknown): Promise<void> {
    const { workspaceId, source, sha256 } = payloadSchema.parse(payload);
    const scope = ourScope(workspaceId);
    try {
      await this.installation.installFrom(scope, readPluginSource(source, { allowUnpinned: sha256 !== null }), sha256);
    } catch (error) {
      if (!(error instanceof AppError) || passing.has(error.kind)) throw error;
      this.#log.warn(`${source} was not installed in ${workspaceId}: ${error.code}`);
      await this.audit.record(scope, {
        action: 'plugin.install_failed',
        entityType: 'PLUGIN',
        entityId: null,
        metadata: { source, code: error.code },
      });
    }
  }
}

// The product itself, on behalf of whoever imported.
function ourScope(workspaceId: string): WorkspaceScope {
  return {
    workspaceId,
    role: 'OWNER',
    capabilities: [],
    revision: 0n,
    actor: { kind: 'internal', userId: null, email: null, tokenId: null, sessionId: null, tokenScopes: null },
    origin: { ip: null, userAgent: null, requestId: 'plugin-import' },
  };
}
