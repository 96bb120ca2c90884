import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { composioBindingErrors } from './composio-bindings.errors.js';
import { ComposioWorkspacesRepository } from './composio-workspaces.repository.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** The right to change something of a workspace at Composio, while it lasts. */
export interface ComposioLease {
  workspaceId: string;
  generation: number;
}

const leaseMs = 60_000;
const renewMs = 15_000;
const askEveryMs = 30;
const longestWaitMs = 60_000;
const longestQueue = 200;

// Answers that say when to come again are not kept for an Idempotency-Key: the same request may succeed then.
const again = { headers: { 'Retry-After': '2' } };

/**
 * One change of a workspace at Composio at a time, over all replicas: its servers there are shared by agents, so two
 * changes at once would make one twice or delete one that the other is about to use. Within a process they queue, between
 * processes they take a lease, which runs out when its holder dies.
 */
@Injectable()
export class ComposioLeasesService {
  readonly #owner = `${hostname().slice(0, 100)}/${process.pid}`;
  readonly #queues = new Map<string, { length: number; last: Promise<unknown> }>();

  constructor(private readonly workspaces: ComposioWorkspacesRepository) {}

  /**
   * Does the work while nobody else does any for the workspace.
   * @throws AppError `composio_binding.busy` (409) when that was not to be had in a minute.
   */
  async run<T>(tenant: Tenant, work: (lease: ComposioLease) => Promise<T>): Promise<T> {
    const { workspaceId } = tenant;
    const queue = this.#queues.get(workspaceId) ?? { length: 0, last: Promise.resolve() };
    if (queue.length >= longestQueue) throw composioBindingErrors.busy(again);
    const turn = queue.last.then(() => this.#held(tenant, work));
    // The pause gives another process its turn.
    queue.last = turn.catch(() => undefined).then(() => sleep(askEveryMs));
    queue.length += 1;
    this.#queues.set(workspaceId, queue);
    try {
      return await turn;
    } finally {
      queue.length -= 1;
      if (queue.length === 0) this.#queues.delete(workspaceId);
    }
  }

  /** Does the work when nobody does any for the workspace now; answers null otherwise. */
  async runIfFree<T>(tenant: Tenant, work: (lease: ComposioLease) => Promise<T>): Promise<T | null> {
    const generation = await this.workspaces.takeLease(tenant, this.#owner, leaseMs);
    return generation === null ? null : this.#work({ ...tenant, generation }, work);
  }

  /** Whether the lease is still held; it is extended then. */
  isHeld(lease: ComposioLease): Promise<boolean> {
    return this.workspaces.extendLease(lease, lease.generation, leaseMs);
  }

  /** Ask before every step that others would notice. @throws AppError `composio_binding.overtaken` (409). */
  async require(lease: ComposioLease): Promise<void> {
    if (!(await this.isHeld(lease))) throw composioBindingErrors.overtaken(again);
  }

  /** Keeps the lease until the running transaction ends. @throws AppError `composio_binding.overtaken` (409). */
  async fence(lease: ComposioLease): Promise<void> {
    if (!(await this.workspaces.holdLease(lease, lease.generation))) throw composioBindingErrors.overtaken(again);
  }

  async #held<T>(tenant: Tenant, work: (lease: ComposioLease) => Promise<T>): Promise<T> {
    for (let waitedMs = 0; waitedMs < longestWaitMs; waitedMs += askEveryMs) {
      const generation = await this.workspaces.takeLease(tenant, this.#owner, leaseMs);
      if (generation !== null) return this.#work({ workspaceId: tenant.workspaceId, generation }, work);
      await sleep(askEveryMs);
    }
    throw composioBindingErrors.busy(again);
  }

  async #work<T>(lease: ComposioLease, work: (lease: ComposioLease) => Promise<T>): Promise<T> {
    const renewal = setInterval(() => void this.isHeld(lease).catch(() => false), renewMs);
    try {
      return await work(lease);
    } finally {
      clearInterval(renewal);
      // One that cannot be ended runs out.
      await this.workspaces.endLease(lease, lease.generation).catch(() => undefined);
    }
  }
}
