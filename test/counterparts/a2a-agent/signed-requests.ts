import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, { type RequestHandler } from 'express';

/**
 * Refuses what is not signed with the secret, the way that the product's documents describe to whoever receives deliveries:
 * `X-Delivery-Signature` is `v1=` and the HMAC-SHA256 over `<X-Delivery-Timestamp>.<raw body>`. Without a secret everything passes.
 */
export function refuseUnsigned(secret: () => string | null): RequestHandler[] {
  const bodies = new WeakMap<IncomingMessage, Buffer>();
  const keep = express.json({ limit: '10mb', verify: (request, _response, bytes) => void bodies.set(request, bytes) });
  const judge: RequestHandler = (request, response, next) => {
    const known = secret();
    const sent = request.get('x-delivery-signature') ?? '';
    const signed = `${request.get('x-delivery-timestamp')}.${bodies.get(request)?.toString('utf8')}`;
    if (known === null || isEqual(sent, `v1=${createHmac('sha256', known).update(signed).digest('hex')}`)) next();
    else response.status(401).json({ error: 'the signature is not right' });
  };
  return [keep, judge];
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
