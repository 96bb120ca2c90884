import { isNativeError } from 'node:util/types';
import { errors } from 'undici';
import { AppError } from '#kernel';
import { egressErrors } from './egress.errors.js';

/** Why no answer came, as far as the machine can tell. */
export type FailureClass = 'dns' | 'refused' | 'unreachable' | 'tls' | 'reset' | 'protocol' | 'request';

const sentences: Record<FailureClass, string> = {
  dns: 'the host name has no address',
  refused: 'the server refuses connections on this port',
  unreachable: 'there is no route to the server',
  tls: 'the TLS certificate or handshake of the server is not acceptable',
  reset: 'the server closed the connection before its answer was complete',
  protocol: 'the answer of the server is not valid HTTP',
  // The Fetch standard blocks ports of other protocols, and its errors have no code.
  request: 'the request is not possible; ports of other protocols, such as 25 or 6000, are never called',
};

const byCode: ReadonlyMap<string, FailureClass> = new Map([
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EAI_FAIL', 'dns'],
  ['ENODATA', 'dns'],
  ['ECONNREFUSED', 'refused'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
  ['EPROTO', 'tls'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
]);

const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The error of the house inside a failed fetch, else one made from the class of the failure. */
export function translateFailure(error: unknown, purpose: string): AppError {
  const chain = causes(error);
  const own = chain.find((link) => link instanceof AppError);
  if (own) return own;
  const failure = classify(chain);
  return egressErrors.connectionFailed({
    cause: error,
    params: { reason: sentences[failure] },
    details: { failure, purpose },
  });
}

function classify(chain: readonly Error[]): FailureClass {
  const codes = chain.map((link) => ('code' in link && typeof link.code === 'string' ? link.code : ''));
  if (codes.some((code) => tlsCode.test(code))) return 'tls';
  for (const code of codes) {
    const known = byCode.get(code);
    if (known) return known;
  }
  const babble = chain.some((link) => link instanceof errors.HTTPParserError);
  return babble || codes.some((code) => code !== '') ? 'protocol' : 'request';
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let link = error; isNativeError(link) && chain.length < 8; link = link.cause) chain.push(link);
  return chain;
}
