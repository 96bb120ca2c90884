import type { IssuedToken } from '../identity/session-tokens.service.js';

/** Whose session it is, as its tokens name them. */
export interface SessionHolder {
  userId: string;
  email: string;
  name: string | null;
}

/** A session with the two tokens that a browser keeps. */
export interface IssuedSession {
  sessionId: string;
  access: IssuedToken;
  refresh: IssuedToken;
}

/** Why a session ended. `rotation`: a refresh token was used twice, so somebody else has it. */
export type RevocationReason = 'logout' | 'revoked_by_user' | 'rotation';

/** A live session as its user sees it. */
export interface Session {
  id: string;
  createdAt: Date;
  lastUsedAt: Date;
  userAgent: string | null;
  ip: string | null;
}

/** A live session's user. */
export interface SessionUser {
  id: string;
  email: string;
  fullName: string | null;
  avatarUrl: string | null;
}
