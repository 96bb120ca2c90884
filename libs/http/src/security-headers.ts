import type { NextFunction, Request, RequestHandler, Response } from 'express';

const apiHeaders: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=()'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  // Zero on purpose: the old filter in browsers did more harm than good.
  ['X-XSS-Protection', '0'],
];

/**
 * The fixed headers of every answer: an API answers no pages, so browsers are told to run, frame and guess nothing.
 * HSTS (RFC 6797) is added where the instance is published under https.
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const secure = publicUrl.startsWith('https:');
  const headers = secure
    ? [...apiHeaders, ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] as const]
    : apiHeaders;
  return (_request: Request, response: Response, next: NextFunction) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}
