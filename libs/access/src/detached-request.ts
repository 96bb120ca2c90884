import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';
import { setOrigin } from '#http';
import type { Origin } from '#kernel';

/** Whom a WebSocket ticket was made for: a person, by a browser session or a CLI token that must still be alive. */
export interface Ticket {
  userId: string;
  /** Null when it was made by a CLI token. */
  sessionId: string | null;
  /** Id of the CLI token; null when it was made by a session. */
  tokenId: string | null;
}

/** What a caller presents where there is no HTTP request (any more). */
export interface Presented {
  headers: Pick<IncomingHttpHeaders, 'authorization' | 'cookie'>;
  /** In place of the headers. */
  ticket?: Ticket;
  /** Id or slug of the workspace, as a path would name it. */
  workspaceId?: string;
  origin: Origin;
}

const tickets = new WeakMap<Request, Ticket>();

/** A request that holds what the guard looks at and nothing else: for streams, which outlive the request that opened them. */
export function detachedRequest({ headers, ticket, workspaceId, origin }: Presented): Request {
  const shell = { method: 'GET', headers, query: {}, params: workspaceId === undefined ? {} : { workspaceId } };
  // Authentication reads headers, query and parameters; the rest of a request is the business of handlers.
  const request = shell as unknown as Request;
  setOrigin(request, origin);
  if (ticket) tickets.set(request, ticket);
  return request;
}

/** The ticket that a request was made from; null for those that come over HTTP. */
export function ticketOf(request: Request): Ticket | null {
  return tickets.get(request) ?? null;
}
