import { once } from 'node:events';
import { isIP, type LookupFunction, connect as openTcp, type Socket } from 'node:net';
import { connect as openTls } from 'node:tls';
import { isNativeError } from 'node:util/types';
import type { buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.js';
import { egressErrors } from './egress.errors.js';

/** What every connection of an agent shares. */
export interface ConnectorOptions {
  /** Time for name resolution, TCP and TLS together. */
  connectDeadlineMs: number;
  /** Certificates (PEM) trusted instead of the machine's, for an internal authority. */
  ca?: string;
}

/**
 * The connector of the agent: asks the guard first and connects only to addresses it answered. It stands here and not
 * in a `lookup` option because sockets never call `lookup` for hosts that are IP addresses.
 */
export function guardedConnector(guard: AddressGuard, options: ConnectorOptions): buildConnector.connector {
  return (target, callback) => {
    openGuarded(guard, options, target).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(isNativeError(error) ? error : new Error('connect failed', { cause: error }), null),
    );
  };
}

/** What a connection is opened to. */
export type ConnectorTarget = Pick<buildConnector.Options, 'hostname' | 'protocol' | 'port'>;

/**
 * Opens one connection to an address that the guard answered; TLS for `https:`.
 * @throws AppError of `egressErrors` for a refused address or a deadline, else the socket's own error.
 */
export async function openGuarded(
  guard: AddressGuard,
  options: ConnectorOptions,
  target: ConnectorTarget,
): Promise<Socket> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), options.connectDeadlineMs);
  let socket: Socket | undefined;
  try {
    const addresses = await beforeAbort(guard.permit(target.hostname, target.protocol), late.signal);
    socket = start(target, addresses, options);
    // An error between here and undici's own listener must not end the process.
    socket.on('error', () => undefined);
    await once(socket, target.protocol === 'https:' ? 'secureConnect' : 'connect', { signal: late.signal });
    return socket;
  } catch (error) {
    socket?.destroy();
    if (!late.signal.aborted) throw error;
    const seconds = options.connectDeadlineMs / 1000;
    throw egressErrors.deadlineExceeded({ params: { seconds }, details: { phase: 'connect' } });
  } finally {
    clearTimeout(timer);
  }
}

// A name server's answer cannot be cancelled, only not waited for.
async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
  return await Promise.race([work, aborted]);
}

function start(target: ConnectorTarget, addresses: readonly string[], options: ConnectorOptions): Socket {
  const tls = target.protocol === 'https:';
  const shared = {
    host: target.hostname,
    port: Number(target.port || (tls ? 443 : 80)),
    lookup: answering(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 500,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  };
  if (!tls) return openTcp(shared);
  const servername = isIP(target.hostname) ? '' : target.hostname;
  return openTls({ ...shared, servername, ca: options.ca, ALPNProtocols: ['http/1.1'] });
}

// The socket asks this instead of a name server, so that it can only reach what was checked.
function answering(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const first = answers[0];
    if (options.all || !first) callback(null, answers);
    else callback(null, first.address, first.family);
  };
}
