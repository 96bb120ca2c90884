import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '#config';
import { Random } from '#kernel';
import { RegistrySyncService } from './registry-sync.service.js';
import { chanceOf } from './sync-run.service.js';

const firstMs = 10_000;
const everyMs = 60_000;

/** Asks every minute or so whether a sync is due. Never in tests, nor where `MCP_REGISTRY_AUTO_SYNC` is off. */
@Injectable()
export class SyncScheduleService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(
    private readonly sync: RegistrySyncService,
    private readonly config: AppConfig,
    private readonly random: Random,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.environment !== 'test' && this.config.mcpRegistry.autoSync) this.#wait(firstMs);
  }

  beforeApplicationShutdown(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  // With some chance in it, so that replicas that started together do not ask together.
  #wait(ms: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#check(), Math.round(ms * (1 + chanceOf(this.random))));
    this.#timer.unref();
  }

  async #check(): Promise<void> {
    await this.sync.runIfDue();
    this.#wait(everyMs);
  }
}
