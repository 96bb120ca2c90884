import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Clock, type RuntimeReach, Secret } from '#kernel';

/** What a token proves. */
export interface InternalTokenReading {
  /** True for the master token, which is never given away and hence never comes from another host. */
  master: boolean;
  reach: RuntimeReach;
}

/** The kinds of bound tokens with what their signature begins with, so that none can be turned into another. */
const contexts = {
  wsv1: 'crewship internal token: workspace',
  crwv1: 'crewship internal token: crew',
  agtv1: 'crewship internal token: agent',
} as const;

type Kind = keyof typeof contexts;

const shape = /^(wsv1|crwv1|agtv1)((?:\.[A-Za-z0-9_-]{1,64}){1,3})\.([0-9a-f]{64})$/;

/**
 * Tokens of the agents' runtime. The master token makes all others: `wsv1.<workspace>.<tag>`,
 * `crwv1.<workspace>.<crew>.<tag>` and `agtv1.<workspace>.<agent>.<unix seconds of its end>.<tag>`, where the tag is the
 * HMAC-SHA256 (RFC 2104) under the master token, in lower-case hexadecimal, of the kind's context and the parts, NUL between.
 */
@Injectable()
export class InternalTokensService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** A token for everything in one workspace. Ends with the master token. */
  forWorkspace(workspaceId: string): Secret {
    return this.#signed('wsv1', [workspaceId]);
  }

  /** A token for one crew and its agents. Ends with the master token. */
  forCrew(workspaceId: string, crewId: string): Secret {
    return this.#signed('crwv1', [workspaceId, crewId]);
  }

  /** A token for one agent, good up to the second of `expiresAt`. */
  forAgent(workspaceId: string, agentId: string, expiresAt: Date): Secret {
    return this.#signed('agtv1', [workspaceId, agentId, String(secondsOf(expiresAt))]);
  }

  /** What a token proves; null when it proves nothing, or no longer. Takes as long for every wrong tag. */
  read(token: string): InternalTokenReading | null {
    const [, kind, body = '', tag = ''] = shape.exec(token) ?? [];
    if (kind === undefined) {
      const reach = { workspaceId: null, crewId: null, agentId: null };
      return isSame(token, this.config.auth.internalToken.reveal()) ? { master: true, reach } : null;
    }
    const parts = body.slice(1).split('.');
    if (!isSame(tag, this.#tag(kind as Kind, parts))) return null;
    const reach = this.#reachOf(kind as Kind, parts);
    return reach && { master: false, reach };
  }

  // A signed token has exactly the parts of its kind: only this class signs, and the number of parts is signed too.
  #reachOf(kind: Kind, [workspaceId = '', second = '', third = '']: readonly string[]): RuntimeReach | null {
    switch (kind) {
      case 'wsv1':
        return { workspaceId, crewId: null, agentId: null };
      case 'crwv1':
        return { workspaceId, crewId: second, agentId: null };
      case 'agtv1':
        return Number(third) > secondsOf(this.clock.now()) ? { workspaceId, crewId: null, agentId: second } : null;
    }
  }

  #signed(kind: Kind, parts: readonly string[]): Secret {
    return new Secret([kind, ...parts, this.#tag(kind, parts)].join('.'));
  }

  #tag(kind: Kind, parts: readonly string[]): string {
    const key = this.config.auth.internalToken.reveal();
    return createHmac('sha256', key)
      .update([contexts[kind], ...parts].join('\0'))
      .digest('hex');
  }
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

// Digests have one length, whatever was sent.
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
