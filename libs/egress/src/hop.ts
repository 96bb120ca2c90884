import type { Refusal } from './egress.errors.js';
import { parseOutboundUrl } from './endpoint-check.js';

/** One request on its way, before or after redirects. */
export interface Hop {
  url: URL;
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | null;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where a response redirects to: a URL, the refusal of a broken one, or null when it does not redirect. */
export function redirectTarget(from: URL, response: Response): URL | Refusal | null {
  const location = response.headers.get('location');
  if (!redirectStatuses.has(response.status) || location === null) return null;
  if (!URL.canParse(location, from.href))
    return { rule: 'malformed', reason: 'redirect to something that is not a URL' };
  return parseOutboundUrl(new URL(location, from).href);
}

/**
 * The request that follows a redirect (Fetch standard, section 4.4): a POST becomes a GET after 301 and 302, anything
 * but GET and HEAD after 303. Credential headers stay behind when the origin changes.
 */
export function nextHop(hop: Hop, status: number, url: URL, credentials: ReadonlySet<string>): Hop {
  const headers = new Headers(hop.headers);
  if (url.origin !== hop.url.origin) for (const name of credentials) headers.delete(name);
  const keeps = status === 307 || status === 308 || hop.method === 'GET' || hop.method === 'HEAD';
  if (keeps || (status !== 303 && hop.method !== 'POST')) return { ...hop, url, headers };
  for (const name of ['content-type', 'content-encoding', 'content-language', 'content-location']) headers.delete(name);
  return { url, method: 'GET', headers, body: null };
}
