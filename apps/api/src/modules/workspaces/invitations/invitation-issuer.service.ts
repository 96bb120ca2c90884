import { Injectable } from '@nestjs/common';
import { Clock, Ids, Random, tokenHash } from '#kernel';
import type { AssignableRole } from '../assignable-role.js';
import type { Invitation } from './invitations.types.js';

const validMs = 7 * 24 * 60 * 60 * 1_000;
const tokenBytes = 32;

/** An invitation that is not stored yet. */
export interface IssuedInvitation {
  invitation: Invitation;
  /** Shown once; only the hash is kept. */
  token: string;
  tokenHash: string;
}

/** Makes invitations: their ids, tokens and terms. */
@Injectable()
export class InvitationIssuer {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly random: Random,
  ) {}

  /** A new invitation, good for seven days. */
  issue(from: { workspaceId: string; userId: string }, to: { email: string; role: AssignableRole }): IssuedInvitation {
    const createdAt = this.clock.now();
    const token = this.random.hex(tokenBytes);
    const invitation = {
      id: this.ids.next(),
      workspaceId: from.workspaceId,
      invitedById: from.userId,
      ...to,
      expiresAt: new Date(createdAt.getTime() + validMs),
      acceptedAt: null,
      revokedAt: null,
      createdAt,
    };
    return { invitation, token, tokenHash: tokenHash(token) };
  }
}
