import * as oauth from 'oauth4webapi';
import type { FetchFunction } from '#egress';
import { ask, type Discovery, discard } from './metadata-request.js';
import { through } from './oauth4webapi-options.js';

/** What a server says to a request without a token (RFC 6750, 3; RFC 9728, 5.1). */
export interface Challenge {
  /** Where its metadata are; null when it does not say. */
  resourceMetadata: string | null;
  /** The scopes that it wants; null when it does not say. */
  scopes: string[] | null;
}

// A question that every server may be asked without leaving a session behind, and that only modern ones answer.
const question = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'server/discover', params: {} });

/** Asks an MCP server without a token, by GET and then by POST, until it names its conditions; null when it does not. */
export async function findChallenge(url: URL, discovery: Discovery): Promise<Challenge | null> {
  const accept = 'application/json, text/event-stream';
  const asked = await challengeOf(url, { method: 'GET', headers: { accept: 'text/event-stream' } }, discovery);
  if (asked) return asked;
  const headers = { accept, 'content-type': 'application/json' };
  return await challengeOf(url, { method: 'POST', headers, body: question }, discovery);
}

async function challengeOf(url: URL, init: RequestInit, discovery: Discovery): Promise<Challenge | null> {
  const response = await ask(url.href, init, discovery);
  await discard(response);
  if (response?.status !== 401) return null;
  const challenges = await parsedChallenges(response, url);
  const bearer = challenges.filter(({ scheme }) => scheme === 'bearer' || scheme === 'dpop');
  const named = bearer.find(({ parameters }) => parameters.resource_metadata) ?? bearer[0];
  if (!named) return null;
  const { resource_metadata: metadata, scope } = named.parameters;
  return { resourceMetadata: metadata ?? null, scopes: scope ? scope.split(/\s+/).filter(Boolean) : null };
}

/** The challenges of an answer as oauth4webapi reads them, which only does so for a request that it makes itself. */
async function parsedChallenges(answer: Response, url: URL): Promise<oauth.WWWAuthenticateChallenge[]> {
  const replay: FetchFunction = () => Promise.resolve(new Response(null, { status: 401, headers: answer.headers }));
  try {
    await oauth.protectedResourceRequest('replayed', 'GET', url, undefined, null, through(replay));
    return [];
  } catch (error) {
    return error instanceof oauth.WWWAuthenticateChallengeError ? error.cause : [];
  }
}
