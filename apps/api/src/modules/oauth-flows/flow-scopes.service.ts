import { Injectable } from '@nestjs/common';
import { roleMay, scopesAllow } from '#access';
import type { Actor, CallerScope, Origin, WorkspaceScope } from '#kernel';
import { FlowInitiatorsRepository } from './flow-initiators.repository.js';

/** The scope that a flow's work is done in where no guard made one: links that browsers open. */
@Injectable()
export class FlowScopesService {
  constructor(private readonly initiators: FlowInitiatorsRepository) {}

  /** The initiator's scope, from the workspace as it is now; null when they may connect nothing there any more. */
  async ofInitiator(
    flow: { workspaceId: string; userId: string | null },
    origin: Origin,
  ): Promise<WorkspaceScope | null> {
    if (flow.userId === null) return null;
    const actor = { kind: 'user', userId: flow.userId, tokenId: null, sessionId: null, tokenScopes: null } as const;
    return this.#member({ ...actor, email: null }, flow.workspaceId, origin);
  }

  /** The caller's scope in a workspace; null when they may connect nothing there. */
  async ofCaller({ actor, origin }: CallerScope, workspaceId: string): Promise<WorkspaceScope | null> {
    if (!scopesAllow(actor.tokenScopes, 'oauth:create')) return null;
    return this.#member(actor, workspaceId, origin);
  }

  async #member(actor: Actor, workspaceId: string, origin: Origin): Promise<WorkspaceScope | null> {
    if (actor.userId === null) return null;
    const member = await this.initiators.find(workspaceId, actor.userId);
    if (!member) return null;
    const { email, ...grant } = member;
    if (!roleMay(grant.role, 'create') && !grant.capabilities.includes('credential.create')) return null;
    return { actor: { ...actor, email }, origin, workspaceId, ...grant };
  }
}
