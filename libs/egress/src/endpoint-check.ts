import { isIP } from 'node:net';
import { plainHttp, type Refusal } from './egress.errors.js';
import type { EgressPolicy } from './egress-policy.js';
import { isLoopbackName, isMetadataName, normalizeHost } from './host-name.js';

/** The verdict on a URL by its text alone. */
export type EndpointCheck =
  | { ok: true; url: URL }
  | (Refusal & {
      ok: false;
      /** The public sentence: `endpoint is not allowed: <reason>`. */
      sentence: string;
    });

/**
 * Judges a URL when somebody stores it, without asking a name server: scheme, credentials in the URL, host, and
 * addresses written out as numbers in any notation. Plain http to a public host passes here; the call itself is
 * refused later unless the operator lists the host.
 */
export function checkEndpoint(text: string, policy: EgressPolicy): EndpointCheck {
  const url = parseOutboundUrl(text);
  if (!(url instanceof URL)) return failed(url);
  const refusal = findUrlRefusal(url, policy);
  return refusal ? failed(refusal) : { ok: true, url };
}

/**
 * Judges a URL that somebody else names and that secrets will be sent to: as {@link checkEndpoint}, and plain http only
 * where the operator lists the host by name, or its address when the URL holds one.
 */
export function checkSecureEndpoint(text: string, policy: EgressPolicy): EndpointCheck {
  const check = checkEndpoint(text, policy);
  if (!check.ok || check.url.protocol === 'https:') return check;
  const host = normalizeHost(check.url.hostname);
  const listed = isIP(host) ? policy.standingOf(host, host) === 'listed' : policy.listsHost(host);
  return listed || policy.opensLoopbackName(host) ? check : failed(plainHttp);
}

/** The URL of a text that every parser reads alike, or the refusal of one that parsers read differently. */
export function parseOutboundUrl(text: string): URL | Refusal {
  // The URL parser drops tabs and line breaks and takes a backslash for a slash; other parsers do not.
  if (/[\p{Cc}\\]/u.test(text)) return { rule: 'malformed', reason: 'control characters and backslashes not allowed' };
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase() ?? '';
  if (scheme !== 'http' && scheme !== 'https') {
    return { rule: 'scheme', reason: `scheme "${scheme.slice(0, 20)}" not in [http https]` };
  }
  const authority = /^[^:]+:\/\/([^/?#]*)/.exec(trimmed)?.[1] ?? '';
  if (authority.includes('@')) return { rule: 'userinfo', reason: 'userinfo not allowed in outbound URL' };
  if (authority === '' || authority.startsWith(':')) return { rule: 'host', reason: 'missing host' };
  return URL.canParse(trimmed) ? new URL(trimmed) : { rule: 'malformed', reason: 'not a valid URL' };
}

/** The rule that a parsed URL breaks, or null. Host names are not resolved. */
export function findUrlRefusal(url: URL, policy: EgressPolicy): Refusal | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { rule: 'scheme', reason: `scheme "${url.protocol.slice(0, -1)}" not in [http https]` };
  }
  if (url.username !== '' || url.password !== '') {
    return { rule: 'userinfo', reason: 'userinfo not allowed in outbound URL' };
  }
  const host = normalizeHost(url.hostname);
  if (host === '') return { rule: 'host', reason: 'missing host' };
  if (isIP(host)) {
    const refusal: Refusal = { rule: 'address', reason: `literal private/internal IP ${host} not allowed` };
    return policy.standingOf(host, host) === 'refused' ? refusal : null;
  }
  if (policy.listsHost(host) || policy.opensLoopbackName(host)) return null;
  if (isLoopbackName(host)) return { rule: 'address', reason: 'localhost not allowed' };
  return isMetadataName(host) ? { rule: 'address', reason: 'metadata host not allowed' } : null;
}

function failed(refusal: Refusal): EndpointCheck {
  return { ok: false, ...refusal, sentence: `endpoint is not allowed: ${refusal.reason}` };
}
