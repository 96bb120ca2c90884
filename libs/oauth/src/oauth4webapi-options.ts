import * as oauth from 'oauth4webapi';
import type { FetchFunction } from '#egress';

/** The options of every call of oauth4webapi. */
export interface ProtocolOptions {
  [oauth.customFetch]: FetchFunction;
  [oauth.allowInsecureRequests]: true;
  signal?: AbortSignal;
}

/**
 * Sends what oauth4webapi sends through the given fetch. Plain http is left to that fetch to judge: the egress library
 * refuses it except to hosts that the operator lists, which oauth4webapi cannot know.
 */
export function through(fetch: FetchFunction, signal?: AbortSignal): ProtocolOptions {
  const options: ProtocolOptions = { [oauth.customFetch]: fetch, [oauth.allowInsecureRequests]: true };
  return signal ? { ...options, signal } : options;
}
