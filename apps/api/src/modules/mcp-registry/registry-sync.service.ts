import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppError, Clock, Transactions, type WorkspaceScope } from '#kernel';
import type { RegistrySyncResponse } from './dto/registry-sync.response.js';
import type { RegistrySyncRequestedResponse } from './dto/registry-sync-requested.response.js';
import { registryErrors } from './mcp-registry.errors.js';
import { noSync, toSyncResponse } from './registry-sync.mapper.js';
import { RegistrySyncRepository } from './registry-sync.repository.js';
import { type SyncClaim, SyncLeaseService } from './sync-lease.service.js';
import { type HeldRun, LeaseLost, SyncRunService } from './sync-run.service.js';

const started = 'MCP registry sync has been triggered in the background';

/** Keeping our copy of the registry up to date, behind the answers. */
@Injectable()
export class RegistrySyncService implements BeforeApplicationShutdown {
  readonly #log = new Logger(RegistrySyncService.name);
  readonly #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly lease: SyncLeaseService,
    private readonly runs: SyncRunService,
    private readonly sync: RegistrySyncRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `mcp_registry.cooling_down` (429) with `Retry-After` within an hour of the last accepted call. */
  async request(scope: WorkspaceScope): Promise<RegistrySyncRequestedResponse> {
    const { held, plan, before } = await this.transactions.run(async () => {
      const claim = await this.lease.claim('manual');
      if (claim.held) await this.#record(scope, claim);
      return claim;
    });
    const now = this.clock.now();
    if (plan.kind === 'cooling') throw coolingDown(plan.until, now);
    if (held) this.#start(held);
    const sync = held ? await this.status() : toSyncResponse(before, now);
    const progress = `A sync is running: ${sync.pages} pages and ${sync.entries} entries so far`;
    return held
      ? { status: 'sync_started', message: started, sync }
      : { status: 'already_running', message: progress, sync };
  }

  /** State and progress of the sync. */
  async status(): Promise<RegistrySyncResponse> {
    return toSyncResponse((await this.sync.find()) ?? noSync, this.clock.now());
  }

  /** Carries out the automatic sync when it is due. Resolves when it is done; never throws. */
  async runIfDue(): Promise<void> {
    try {
      const { held } = await this.transactions.run(() => this.lease.claim('automatic'));
      if (held) this.#start(held);
    } catch (error) {
      this.#note(error);
    }
    await this.#work;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort(new LeaseLost('stopping'));
    await this.#work;
  }

  #start(held: HeldRun): void {
    // A run that lost its lease may still be about to notice.
    this.#work = Promise.all([this.#work, this.#carryOut(held)]).then(() => undefined);
  }

  async #carryOut(held: HeldRun): Promise<void> {
    try {
      await this.runs.execute(held, this.#stop.signal);
    } catch (error) {
      if (!(error instanceof LeaseLost)) this.#note(error);
      await this.#end(held, error).catch((failure: unknown) => this.#note(failure));
    }
  }

  #end(held: HeldRun, error: unknown): Promise<void> {
    return error instanceof LeaseLost ? this.lease.release(held) : this.lease.fail(held, error);
  }

  // What the registry did wrong is for `GET …/sync` to tell; the log must not fill up on a host that has no way out.
  #note(error: unknown): void {
    if (error instanceof AppError) this.#log.log(`sync failed: ${error.code}: ${error.message}`);
    else this.#log.error(error);
  }

  #record(scope: WorkspaceScope, { plan, before }: SyncClaim): Promise<void> {
    const metadata = { plan: plan.kind, mode: 'mode' in plan ? plan.mode : null, run: before.run };
    return this.audit.record(scope, {
      action: 'mcp_registry.sync',
      entityType: 'MCP_REGISTRY',
      entityId: 'registry',
      metadata,
    });
  }
}

function coolingDown(until: Date, now: Date): AppError {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  return registryErrors.coolingDown({ headers: { 'Retry-After': String(seconds) } });
}
