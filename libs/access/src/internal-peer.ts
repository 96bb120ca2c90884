import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/** Where a call comes from, nearest first: the Unix socket, this host, a private network, anywhere else. */
export type InternalPeer = 'socket' | 'loopback' | 'private' | 'elsewhere';

const bySocket = new WeakSet<IncomingMessage>();

/**
 * Notes that a request came over the Unix socket. Such a connection has no address, but neither has one over TCP whose
 * client has gone away, so the missing address proves nothing.
 */
export function noteUnixSocket(request: IncomingMessage): void {
  bySocket.add(request);
}

/** Whether the request came over the Unix socket. */
export function cameOverUnixSocket(request: IncomingMessage): boolean {
  return bySocket.has(request);
}

/** Where the request comes from. Behind a proxy of ours it is as far away as the client that the proxy names. */
export function peerOf(request: Request): InternalPeer {
  if (cameOverUnixSocket(request)) return 'socket';
  const [connection, client] = [request.socket.remoteAddress, request.ip].map(nearnessOf);
  if (connection === 'elsewhere' || client === 'elsewhere') return 'elsewhere';
  return connection === 'loopback' && client === 'loopback' ? 'loopback' : 'private';
}

const privateRanges = new Set(['private', 'uniqueLocal', 'linkLocal']);

function nearnessOf(address: string | undefined): InternalPeer {
  if (address === undefined || !ipaddr.isValid(address)) return 'elsewhere';
  const range = ipaddr.process(address).range();
  if (range === 'loopback') return 'loopback';
  return privateRanges.has(range) ? 'private' : 'elsewhere';
}
