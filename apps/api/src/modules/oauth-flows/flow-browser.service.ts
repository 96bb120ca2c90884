import { Injectable } from '@nestjs/common';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { AppConfig } from '#config';
import { Random, tokenHash } from '#kernel';

const cookieName = 'crewship_oauth';
const wellFormed = /^[0-9a-f]{64}$/;
const lifetimeSeconds = 600;

/**
 * Ties flows to the browser that started them, by a random cookie that only the OAuth paths get back. One cookie serves
 * all flows of a browser, so that several may be under way.
 */
@Injectable()
export class FlowBrowserService {
  readonly #httpsOnly: boolean;

  constructor(
    private readonly random: Random,
    config: AppConfig,
  ) {
    this.#httpsOnly = config.http.publicUrl.startsWith('https:');
  }

  /** Gives the browser its cookie, the one that it has where it has one, and answers what a flow keeps of it. */
  bind(response: Response): string {
    const value = readCookie(response.req) ?? this.random.hex(32);
    response.append(
      'Set-Cookie',
      stringifySetCookie(cookieName, value, {
        path: '/api/v1/oauth',
        httpOnly: true,
        // Lax: the provider's redirect is a navigation from a foreign page.
        sameSite: 'lax',
        secure: this.#httpsOnly,
        maxAge: lifetimeSeconds,
      }),
    );
    return tokenHash(value);
  }

  /** What a flow that this browser started would have kept; null without the cookie. */
  hashOf(request: Request): string | null {
    const value = readCookie(request);
    return value === null ? null : tokenHash(value);
  }
}

function readCookie(request: Request): string | null {
  const value = parseCookie(request.headers.cookie ?? '')[cookieName];
  return value !== undefined && wellFormed.test(value) ? value : null;
}
