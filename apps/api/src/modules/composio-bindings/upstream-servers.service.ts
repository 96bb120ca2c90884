import { Injectable } from '@nestjs/common';
import { type ComposioAccess, ComposioClient, findComposioFault, type McpServer } from '#composio';
import { Clock, Ids } from '#kernel';
import { composioBindingErrors } from './composio-bindings.errors.js';
import type { ServerWish, UpstreamServer } from './composio-bindings.types.js';
import { type ComposioLease, ComposioLeasesService } from './composio-leases.service.js';
import { ComposioServersRepository } from './composio-servers.repository.js';
import { keyFingerprint } from './key-fingerprint.js';
import { isSameWish, matchOf, readyFirst, sortedTools } from './server-wishes.js';

/** Servers at Composio, each noted here before it is made, so that none is ever there without a row that says so. */
@Injectable()
export class UpstreamServersService {
  constructor(
    private readonly client: ComposioClient,
    private readonly servers: ComposioServersRepository,
    private readonly leases: ComposioLeasesService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The server of the first of the names that is free or has this very purpose: the one that is there, changed at Composio
   * if it serves anything else than it should, or a new one. One that serves something else and that Composio does not let
   * us change is passed over, and is a leftover once nothing refers to it.
   * @throws AppError 502 for what Composio refuses, 409 `composio_binding.overtaken`.
   */
  async ensure(
    lease: ComposioLease,
    access: ComposioAccess,
    wish: ServerWish,
    names: readonly string[],
  ): Promise<UpstreamServer & { upstreamId: string }> {
    const fingerprint = keyFingerprint(access.apiKey);
    const noted = await this.servers.findNamed(lease, names);
    const ours = noted.filter((row) => row.upstreamId && row.keyFingerprint === fingerprint);
    for (const name of readyFirst(names, ours, wish)) {
      if (ours.some((row) => row.name === name && !isSameWish(row, wish))) continue;
      await this.leases.require(lease);
      const found = await this.client.findMcpServer(access, name);
      if (found === null || found.id === '') return this.#create(lease, access, wish, { name, fingerprint });
      const owner = await this.servers.findByUpstreamId(found.id);
      const isOthers = owner !== null && (owner.workspaceId !== lease.workspaceId || !isSameWish(owner, wish));
      const adopted = isOthers ? null : await this.#adopt(lease, access, wish, { found, owner, fingerprint });
      if (adopted !== null) return adopted;
    }
    throw composioBindingErrors.nameSpent({ params: { toolkit: wish.toolkit ?? 'the default connector' } });
  }

  async #create(
    lease: ComposioLease,
    access: ComposioAccess,
    wish: ServerWish,
    { name, fingerprint }: { name: string; fingerprint: string },
  ): Promise<UpstreamServer & { upstreamId: string }> {
    const row = this.#rowOf(wish, name, fingerprint);
    await this.servers.insert(lease, row);
    const { authConfigIds, tools } = wish;
    const operation = wish.toolkit === null ? 'create default mcp server' : 'create mcp server';
    const made = await this.client
      .createMcpServer(access, { name, authConfigIds, allowedTools: [...tools] }, operation)
      .catch((error: unknown) => this.#notMade(lease, row, error));
    if (made.id === '') throw composioBindingErrors.serverWithoutId();
    const settled = { upstreamId: made.id, allowedTools: sortedTools(made.allowedTools) };
    await this.#note(lease, { ...row, ...settled });
    return { ...row, ...settled };
  }

  // What was refused is not there. After any other failure nobody knows: the row stays, and the sweep looks.
  async #notMade(lease: ComposioLease, row: UpstreamServer, error: unknown): Promise<never> {
    const status = findComposioFault(error)?.status ?? null;
    if (status !== null && status >= 400 && status < 500) await this.servers.remove(lease, row.id);
    throw error;
  }

  async #adopt(
    lease: ComposioLease,
    access: ComposioAccess,
    wish: ServerWish,
    { found, owner, fingerprint }: { found: McpServer; owner: UpstreamServer | null; fingerprint: string },
  ): Promise<(UpstreamServer & { upstreamId: string }) | null> {
    const { authConfigIds } = wish;
    const allowedTools = owner?.allowedTools ?? sortedTools(wish.tools);
    const match = matchOf(found, owner, { authConfigIds, allowedTools });
    if (match !== 'same' && !(await this.client.updateMcpServer(access, found.id, { authConfigIds, allowedTools }))) {
      // The name of an app's server is made of the app and the tools; the default connector's says nothing of its apps.
      if (match === 'different' || wish.toolkit === null) return null;
    }
    const base = owner ?? this.#rowOf(wish, found.name, fingerprint);
    const { id, name, toolkit, wantedTools, createdAt } = base;
    const nothingFailed = { failures: 0, lastError: null, nextAttemptAt: this.clock.now() };
    const state = { upstreamId: found.id, allowedTools, authConfigIds, keyFingerprint: fingerprint, ...nothingFailed };
    const row = { id, name, toolkit, wantedTools, createdAt, ...state };
    await this.#note(lease, row);
    return row;
  }

  // Also for a row that was tidied away meanwhile because its server was not there yet.
  async #note(lease: ComposioLease, row: UpstreamServer): Promise<void> {
    const { id, name: _, toolkit: __, createdAt: ___, ...change } = row;
    if (!(await this.servers.update(lease, id, change, this.clock.now()))) await this.servers.insert(lease, row);
  }

  #rowOf({ toolkit, tools, authConfigIds }: ServerWish, name: string, fingerprint: string): UpstreamServer {
    const now = this.clock.now();
    return {
      id: this.ids.next(),
      name,
      toolkit,
      wantedTools: sortedTools(tools),
      allowedTools: sortedTools(tools),
      authConfigIds,
      upstreamId: null,
      keyFingerprint: fingerprint,
      failures: 0,
      nextAttemptAt: now,
      lastError: null,
      createdAt: now,
    };
  }
}
