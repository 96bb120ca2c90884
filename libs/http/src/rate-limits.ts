import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '#kernel';
import { isConsolePath } from './console-dialect.js';
import { httpErrors } from './http.errors.js';
import { originOf } from './request-context.js';

/** How many requests one client may send per minute, by kind. */
export interface RateLimitSettings {
  disabled: boolean;
  apiPerMinute: number;
  authPerMinute: number;
  credentialTestPerMinute: number;
}

type Bucket = 'api' | 'auth' | 'credential_test';

const windowSeconds = 60;

/**
 * Limits requests per minute and client: by address, and callers with a token also by that token, so that neither many
 * tokens of one host nor one token of many hosts exceed it. Counters are kept per process. Without limits the agent console
 * is told of a whole one, since its clients expect the headers.
 */
export function rateLimits(settings: RateLimitSettings, clock: Clock): RequestHandler {
  if (settings.disabled) return unlimited(settings.apiPerMinute, clock);
  const limiters: Record<Bucket, RateLimiterMemory> = {
    api: new RateLimiterMemory({ points: settings.apiPerMinute, duration: windowSeconds }),
    auth: new RateLimiterMemory({ points: settings.authPerMinute, duration: windowSeconds }),
    credential_test: new RateLimiterMemory({ points: settings.credentialTestPerMinute, duration: windowSeconds }),
  };
  return (request: Request, response: Response, next: NextFunction) => {
    const limiter = limiters[bucketOf(request)];
    const keys = [`ip:${originOf(request).ip ?? ''}`];
    const token = request.headers.authorization ?? request.headers['x-api-key'];
    if (token !== undefined) keys.push(`token:${String(token)}`);
    const tell = (state: RateLimiterRes): void => {
      const remaining = Math.max(0, state.remainingPoints);
      sendState(response, { limit: limiter.points, remaining, reset: resetOf(request, state, clock) });
    };
    Promise.all(keys.map((key) => limiter.consume(key))).then(
      (results) => {
        const tightest = results.reduce((least, each) => (each.remainingPoints < least.remainingPoints ? each : least));
        tell(tightest);
        next();
      },
      (refused: unknown) => {
        if (!(refused instanceof RateLimiterRes)) return next(refused);
        tell(refused);
        const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
        next(httpErrors.rateLimited({ headers: { 'Retry-After': String(seconds) } }));
      },
    );
  };
}

function unlimited(limit: number, clock: Clock): RequestHandler {
  const whole = { msBeforeNext: windowSeconds * 1_000 };
  return (request, response, next) => {
    if (isConsolePath(request.path)) {
      sendState(response, { limit, remaining: limit, reset: resetOf(request, whole, clock) });
    }
    next();
  };
}

function sendState(response: Response, state: { limit: number; remaining: number; reset: number }): void {
  response.setHeader('X-RateLimit-Limit', String(state.limit));
  response.setHeader('X-RateLimit-Remaining', String(state.remaining));
  response.setHeader('X-RateLimit-Reset', String(state.reset));
}

// Seconds that are left; on the agent console the Unix time of the end, as its document has it.
function resetOf({ path }: Request, { msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>, clock: Clock): number {
  const since = isConsolePath(path) ? clock.now().getTime() : 0;
  return Math.ceil((since + msBeforeNext) / 1_000);
}

const listedTokens = /^\/api\/v1\/auth\/(sessions|cli-tokens)(\/|$)/;
const credentialTest = /^\/api\/v1\/credentials\/([^/]+\/)?test$/;

function bucketOf({ method, path }: Request): Bucket {
  if (path.startsWith('/api/auth/')) return method === 'GET' ? 'api' : 'auth';
  if (path === '/api/v1/bootstrap') return 'auth';
  if (path.startsWith('/api/v1/auth/')) return listedTokens.test(path) ? 'api' : 'auth';
  return credentialTest.test(path) ? 'credential_test' : 'api';
}
