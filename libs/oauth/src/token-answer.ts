import { isJsonObject, type JsonObject, type JsonValue, Secret } from '#kernel';
import type { ProviderKey, TokenSet } from './oauth.types.js';
import { quirksOf } from './providers.js';
import { TokenRequestFailure } from './token-request-failure.js';

const longestLifetimeSeconds = 365 * 24 * 60 * 60;
// What tokens consist of (RFC 6749, A.12 and A.17). Others could not be sent, and could end a header line.
const sendable = /^[\x20-\x7e]+$/;
const scopeWord = /^[\x21-\x7e]+$/;
const longestScopes = 8_192;

/** A successful answer in the members of RFC 6749, 5.1, whatever shape the provider gave it. */
export interface UniformAnswer {
  access_token: string;
  token_type: 'bearer';
  expires_in?: number;
  refresh_token?: string;
  scope?: string;
}

/**
 * Brings an answer into the shape of the specification, or answers null when it holds no access token.
 * @throws TokenRequestFailure `token_type` for tokens that are not used as bearer tokens, `unreadable_answer` for one that
 * no header could carry.
 */
export function uniformAnswer(body: JsonObject, provider: ProviderKey | null): UniformAnswer | null {
  const source = tokenHolder(body, provider);
  const token = source.access_token;
  if (typeof token !== 'string' || token === '') return null;
  if (!sendable.test(token)) throw unsendable();
  const lifetime = lifetimeOf(source.expires_in);
  const refresh = source.refresh_token;
  const scope = scopesOf(source.scope, provider);
  return {
    access_token: token,
    token_type: bearer(source.token_type, provider),
    ...(lifetime === null ? {} : { expires_in: lifetime }),
    ...(typeof refresh === 'string' && sendable.test(refresh) ? { refresh_token: refresh } : {}),
    ...(scope === null ? {} : { scope }),
  };
}

/** The tokens of a uniform answer. */
export function tokenSetOf(answer: Omit<UniformAnswer, 'token_type'>, now: Date): TokenSet {
  const { access_token, refresh_token, expires_in, scope } = answer;
  return {
    accessToken: new Secret(access_token),
    refreshToken: refresh_token === undefined ? null : new Secret(refresh_token),
    expiresAt: expires_in === undefined ? null : new Date(now.getTime() + expires_in * 1000),
    grantedScopes: scope ?? null,
  };
}

function tokenHolder(body: JsonObject, provider: ProviderKey | null): JsonObject {
  const { tokenFallbackMember } = quirksOf(provider);
  if (!tokenFallbackMember || typeof body.access_token === 'string') return body;
  const inner = body[tokenFallbackMember];
  return isJsonObject(inner) ? inner : body;
}

// What is no positive number says nothing, and neither does zero: taken at its word, the token would be refreshed on
// every use.
function lifetimeOf(value: JsonValue | undefined): number | null {
  const numeric = typeof value === 'number' || (typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value));
  const seconds = numeric ? Math.floor(Number(value)) : 0;
  return seconds > 0 ? Math.min(seconds, longestLifetimeSeconds) : null;
}

function scopesOf(value: JsonValue | undefined, provider: ProviderKey | null): string | null {
  const text = Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(' ') : value;
  if (typeof text !== 'string') return null;
  const scopes = text.split(provider ? /[\s,]+/ : /\s+/).filter((scope) => scopeWord.test(scope));
  return scopes.length > 0 && text.length <= longestScopes ? scopes.join(' ') : null;
}

// Many servers leave the type out although RFC 6749, 5.1 wants it, and all of those mean bearer tokens.
function bearer(value: JsonValue | undefined, provider: ProviderKey | null): 'bearer' {
  const { bearerTypes = [] } = quirksOf(provider);
  const type = typeof value === 'string' ? value.toLowerCase() : null;
  const missing = value === undefined || value === null;
  if (type === 'bearer' || (type !== null && bearerTypes.includes(type)) || missing) return 'bearer';
  throw new TokenRequestFailure({
    kind: 'definitive',
    errorCode: 'token_type',
    reason: 'The authorization server issued a token that is not a bearer token, which no MCP server takes',
  });
}

function unsendable(): TokenRequestFailure {
  const reason = 'The authorization server issued a token with characters that no header may hold';
  return new TokenRequestFailure({ kind: 'transient', errorCode: 'unreadable_answer', reason });
}
