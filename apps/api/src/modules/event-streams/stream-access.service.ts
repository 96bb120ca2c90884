import { Injectable } from '@nestjs/common';
import {
  AccessGuard,
  type Audience,
  Authenticator,
  detachedRequest,
  type Presented,
  WorkspaceTokenGate,
  workspaceOf,
} from '#access';
import { type Actor, AppError, type WorkspaceScope } from '#kernel';
import { SessionTokensService } from '../identity/session-tokens.service.js';
import { eventStreamErrors } from './event-streams.errors.js';

/** Who may read a workspace's events. */
export const streamAudience: Audience = {
  kind: 'workspace',
  permission: 'event:read',
  opening: { orWorkspaceToken: 'events:read' },
};

/** Asks again and again, while a stream lasts, what was asked when it was opened. */
@Injectable()
export class StreamAccessService {
  constructor(
    private readonly guard: AccessGuard,
    private readonly authenticator: Authenticator,
    private readonly workspaceTokens: WorkspaceTokenGate,
    private readonly sessionTokens: SessionTokensService,
  ) {}

  /**
   * What a token stands for: a ticket of `ws-token`, a CLI token, a session's access token or a workspace token.
   * @throws AppError 401 when it stands for nobody.
   */
  async presentedBy(token: string, origin: Presented['origin']): Promise<{ presented: Presented; actor: Actor }> {
    const ticket = await this.sessionTokens.readTicket(token);
    const presented: Presented = ticket
      ? { headers: {}, ticket, origin }
      : { headers: { authorization: `Bearer ${token}` }, origin };
    return { presented, actor: await this.#actorOf(presented) };
  }

  /** What the caller may see of a workspace. @throws AppError 401, 403 or 404 as the guard does. */
  async admit(presented: Presented, workspaceId: string): Promise<WorkspaceScope> {
    const request = detachedRequest({ ...presented, workspaceId });
    await this.guard.admit(request, streamAudience);
    return workspaceOf(request);
  }

  /** Whether the caller may still see the workspace. Without a database nobody can tell, and there is nothing to see. */
  async isStillAdmitted(presented: Presented, workspaceId: string): Promise<boolean> {
    try {
      await this.admit(presented, workspaceId);
      return true;
    } catch (error) {
      return !(error instanceof AppError);
    }
  }

  /** Whether the caller is still somebody. */
  async isStillKnown(presented: Presented): Promise<boolean> {
    try {
      await this.#actorOf(presented);
      return true;
    } catch (error) {
      return !(error instanceof AppError);
    }
  }

  async #actorOf(presented: Presented): Promise<Actor> {
    const request = detachedRequest(presented);
    if (this.workspaceTokens.presents(request)) {
      const { tokenId, scopes } = await this.workspaceTokens.check(request, null);
      return { kind: 'workspace_token', userId: null, email: null, tokenId, sessionId: null, tokenScopes: scopes };
    }
    const known = await this.authenticator.authenticate(request, null);
    if (!known.ok) throw eventStreamErrors.tokenRefused();
    return known.actor;
  }
}
