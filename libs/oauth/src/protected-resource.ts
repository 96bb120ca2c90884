import { z } from 'zod';
import type { Challenge } from './challenge.js';
import { type Discovery, findMetadata } from './metadata-request.js';
import { oauthErrors } from './oauth.errors.js';

/** What a protected resource says of itself (RFC 9728, 2), as far as it matters here. */
export interface ProtectedResource {
  /** Its identifier as it spells it: what goes into the `resource` parameter. */
  resource: string;
  authorizationServers: string[];
  scopes: string[];
}

const schema = z.object({
  resource: z.string(),
  authorization_servers: z.array(z.string()).catch([]),
  scopes_supported: z.array(z.string()).catch([]),
});

const wellKnown = '/.well-known/oauth-protected-resource';

/**
 * The metadata of an MCP server, from where its challenge points, from the well-known place for its path, or from that
 * for its host, in this order. Null when there are none.
 * @throws AppError `oauth_server.resource_mismatch` when all that is found describes something else.
 */
export async function findProtectedResource(
  url: URL,
  challenge: Challenge | null,
  discovery: Discovery,
): Promise<ProtectedResource | null> {
  let mismatched = false;
  for (const { at, describing } of places(url, challenge)) {
    const parsed = schema.safeParse(await findMetadata(at, discovery));
    if (!parsed.success) continue;
    const { resource, authorization_servers, scopes_supported } = parsed.data;
    const same = describing.some((expected) => isSameResource(resource, expected));
    if (same) return { resource, authorizationServers: authorization_servers, scopes: scopes_supported };
    mismatched = true;
  }
  if (mismatched) throw oauthErrors.resourceMismatch({ params: { host: url.host } });
  return null;
}

/** Where to look, and which identifiers count there (RFC 9728, 3.3): the one that the place was made from. */
function places(url: URL, challenge: Challenge | null): { at: string; describing: URL[] }[] {
  const { origin, pathname, search } = url;
  const root = { at: `${origin}${wellKnown}`, describing: [new URL(origin), url] };
  const inserted = { at: `${origin}${wellKnown}${pathname}${search}`, describing: [url] };
  const own = pathname === '/' && search === '' ? [root] : [inserted, root];
  const pointed = challenge?.resourceMetadata;
  if (!pointed || !URL.canParse(pointed)) return own;
  const at = new URL(pointed).href;
  // Where the challenge points to one of the places above, the rule of that place holds.
  return own.some((place) => place.at === at) ? own : [{ at, describing: [url] }, ...own];
}

// Parsing makes the case of scheme and host irrelevant, and the slash of an empty path; nothing else.
function isSameResource(resource: string, expected: URL): boolean {
  return URL.canParse(resource) && new URL(resource).href === expected.href;
}
