import { AppError, type JsonObject } from '#kernel';
import { jsonObjectIn } from './json-object.js';
import type { DiscoveryMeans } from './oauth.types.js';

/** One discovery: its means, and what ends it. */
export interface Discovery extends Pick<DiscoveryMeans, 'fetch' | 'allowed'> {
  /** Aborted when the time for all requests together is over. */
  signal: AbortSignal;
  /** Whether any request has got an answer so far. Told apart are "publishes nothing" and "cannot be reached". */
  answered: boolean;
  /** The first refusal of the egress library: worth saying when nothing else came back. */
  refusal: AppError | null;
}

const mostRedirects = 3;
const requestDeadlineMs = 8_000;

/** The metadata at a URL, or null when there are none: another status, no JSON object, no answer. */
export async function findMetadata(url: string, discovery: Discovery): Promise<JsonObject | null> {
  let next = url;
  for (let followed = 0; followed <= mostRedirects; followed++) {
    const response = await ask(next, { headers: { accept: 'application/json' } }, discovery);
    if (response?.status === 200) return jsonObjectIn(await textOf(response));
    await discard(response);
    const target = response && redirectWithin(next, response);
    if (!target) return null;
    next = target;
  }
  return null;
}

/** Sends one request of a discovery; null when nothing came back. Redirects are handed over. */
export async function ask(url: string, init: RequestInit, discovery: Discovery): Promise<Response | null> {
  const signal = AbortSignal.any([discovery.signal, AbortSignal.timeout(requestDeadlineMs)]);
  try {
    const response = await discovery.fetch(url, { ...init, redirect: 'manual', signal });
    discovery.answered = true;
    return response;
  } catch (error) {
    if (error instanceof AppError && error.code === 'egress.url_not_allowed') discovery.refusal ??= error;
    return null;
  }
}

/** Gives up the body of an answer, so that its connection is free again. */
export async function discard(response: Response | null): Promise<void> {
  await response?.body?.cancel().catch(() => undefined);
}

async function textOf(response: Response): Promise<string> {
  return await response.text().catch(() => '');
}

// What a host says of itself may not be said by another host, so that a redirect away from it leads nowhere.
function redirectWithin(from: string, response: Response): string | null {
  const location = response.headers.get('location');
  if (response.status < 300 || response.status > 399 || !location || !URL.canParse(location, from)) return null;
  const target = new URL(location, from);
  return target.origin === new URL(from).origin ? target.href : null;
}
