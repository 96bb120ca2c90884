import { Injectable } from '@nestjs/common';
import { type ComposioAccess, ComposioClient, type ComposioFault, findComposioFault } from '#composio';
import { AppError, Clock } from '#kernel';
import type { UpstreamServer } from './composio-bindings.types.js';
import { type ComposioLease, ComposioLeasesService } from './composio-leases.service.js';
import { ComposioServersRepository } from './composio-servers.repository.js';
import { keyFingerprint } from './key-fingerprint.js';
import { nextAttemptAt, uncertainMs } from './leftover-rules.js';

const most = 50;

/** What became of the leftovers that were looked at. */
export interface LeftoverCounts {
  /** Gone at Composio, and forgotten here. */
  removed: number;
  /** Still there, as far as anybody knows; their rows say why. */
  kept: number;
}

interface Attempt {
  /** Null when the server is not there any more, else why it still may be. */
  why: string | null;
  /** Whether no other attempt has better chances now. */
  isOutage: boolean;
}

const outages: ReadonlySet<ComposioFault | undefined> = new Set<ComposioFault>([
  'timeout',
  'unreachable',
  'rate_limited',
]);

/** Deletes servers at Composio that nothing refers to any more. One that cannot be deleted keeps its row, and is tried again. */
@Injectable()
export class LeftoversService {
  constructor(
    private readonly client: ComposioClient,
    private readonly servers: ComposioServersRepository,
    private readonly leases: ComposioLeasesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Deletes the workspace's leftovers, or those of them that are due. Never throws for what Composio answers; stops when
   * the lease is lost, or Composio does not answer. `access` is null when there is no key: everything is kept then.
   */
  async remove(
    lease: ComposioLease,
    access: ComposioAccess | null,
    { due }: { due: boolean },
  ): Promise<LeftoverCounts> {
    const counts = { removed: 0 };
    const rows = await this.servers.findLeftovers(lease, due ? this.clock.now() : null, most);
    for (const row of rows) {
      if (!(await this.leases.isHeld(lease))) break;
      const { why, isOutage } = access === null ? noKey : await this.#delete(access, row);
      if (why === null) await this.servers.remove(lease, row.id);
      else await this.#keep(lease, row, why);
      if (why === null) counts.removed += 1;
      // The others would only wait as long for the same, and so would whoever asked for this.
      if (isOutage) break;
    }
    return { ...counts, kept: rows.length - counts.removed };
  }

  async #delete(access: ComposioAccess, row: UpstreamServer): Promise<Attempt> {
    try {
      const upstreamId = row.upstreamId ?? (await this.#findUnnoted(access, row));
      if (upstreamId !== null) await this.client.deleteMcpServer(access, upstreamId);
      else if (this.#isUncertain(row)) return uncertain;
      else if (!isOfKey(row, access)) return otherProject;
      return gone;
    } catch (error) {
      const fault = findComposioFault(error);
      if (fault?.status === 404) return isOfKey(row, access) ? gone : otherProject;
      if (error instanceof AppError) return { why: error.message, isOutage: outages.has(fault?.fault) };
      throw error;
    }
  }

  // One that was being made when the process ended, unless somebody has noted it since.
  async #findUnnoted(access: ComposioAccess, row: UpstreamServer): Promise<string | null> {
    const found = await this.client.findMcpServer(access, row.name);
    return found === null || (await this.servers.findByUpstreamId(found.id)) ? null : found.id;
  }

  // Composio may still be making it, for somebody who waits no longer.
  #isUncertain({ createdAt }: UpstreamServer): boolean {
    return this.clock.now().getTime() - createdAt.getTime() < uncertainMs;
  }

  async #keep(lease: ComposioLease, row: UpstreamServer, lastError: string): Promise<void> {
    const now = this.clock.now();
    const failures = row.failures + 1;
    await this.servers.update(lease, row.id, { failures, lastError, nextAttemptAt: nextAttemptAt(now, failures) }, now);
  }
}

function isOfKey({ keyFingerprint: made }: UpstreamServer, { apiKey }: ComposioAccess): boolean {
  return made === keyFingerprint(apiKey);
}

const gone: Attempt = { why: null, isOutage: false };
const noKey = kept('There is no Composio API key to delete it with. Set one, or delete the server at Composio.');
const uncertain = kept('Whether Composio has made it is not known yet. It is looked for again.');
const otherProject = kept(
  'The key that counts now does not know it: it belongs to another Composio project. Delete it there, or set that key.',
);

function kept(why: string): Attempt {
  return { why, isOutage: false };
}
