import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ComposioAccess } from '#composio';
import { AppConfig } from '#config';
import { AppError, Clock } from '#kernel';
import { RepeatingTask } from '../../platform/repeating-task.js';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { ComposioLeasesService } from './composio-leases.service.js';
import { ComposioServersRepository } from './composio-servers.repository.js';
import { type LeftoverCounts, LeftoversService } from './leftovers.service.js';

const everyMs = 60_000;
const mostWorkspaces = 50;

/** Deletes leftovers at Composio whose moment has come, about once a minute. Replicas do not meet: each workspace has a lease. */
@Injectable()
export class LeftoverSweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #task: RepeatingTask;

  constructor(
    private readonly servers: ComposioServersRepository,
    private readonly leftovers: LeftoversService,
    private readonly leases: ComposioLeasesService,
    private readonly keys: ComposioKeys,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {
    this.#task = new RepeatingTask(
      'composio-bindings',
      () => everyMs,
      () => this.runOnce(),
    );
  }

  onApplicationBootstrap(): void {
    if (this.config.environment !== 'test') this.#task.start();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  beforeApplicationShutdown(): Promise<void> {
    return this.#task.stop();
  }

  /** Deletes what is due in any workspace in which nothing else is under way. */
  async runOnce(): Promise<LeftoverCounts> {
    const total = { removed: 0, kept: 0 };
    for (const workspaceId of await this.servers.findWorkspacesWithLeftovers(this.clock.now(), mostWorkspaces)) {
      if (this.#task.stopping) break;
      const access = await this.#access(workspaceId);
      const counts = await this.leases.runIfFree({ workspaceId }, (lease) =>
        this.leftovers.remove(lease, access, { due: true }),
      );
      total.removed += counts?.removed ?? 0;
      total.kept += counts?.kept ?? 0;
    }
    return total;
  }

  // One workspace whose key does not open must not keep the others waiting.
  async #access(workspaceId: string): Promise<ComposioAccess | null> {
    try {
      return await this.keys.forWorkspace({ workspaceId });
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }
}
