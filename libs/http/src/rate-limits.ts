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
 * tokens of one host nor one token of many hosts exceed it. Counters are kept per process.
 */
export function rateLimits(settings: RateLimitSettings, clock: Clock): RequestHandler {
  if (settings.disabled) return (_request, _response, next) => next();
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
      response.setHeader('X-RateLimit-Limit', String(limiter.points));
      response.setHeader('X-RateLimit-Remaining', String(Math.max(0, state.remainingPoints)));
      response.setHeader('X-RateLimit-Reset', String(resetOf(request, state, clock)));
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

// Seconds that are left; on the agent console the Unix time of the end, as its document has it.
function resetOf({ path }: Request, { msBeforeNext }: RateLimiterRes, clock: Clock): number {
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
