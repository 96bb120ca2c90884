import type { AppError } from '#kernel';
import type { ByteBudget } from './byte-budget.js';
import type { OutboundHeaders } from './header-rules.js';

/** What is done with a 3xx answer: an error, or at most so many hops, each checked like the first. */
export type RedirectPolicy = 'refuse' | { max: number };

/** The limits of outbound calls. */
export interface EgressLimits {
  /** What the call is for, in dotted words such as `mcp.tools_list`. For logs. */
  purpose: string;
  /** Time for everything, the body included. 10 s unless said otherwise. */
  deadlineMs?: number;
  /** Most decoded bytes of the answer's body. 1 MiB unless said otherwise. */
  maxBytes?: number;
  /** A budget shared with other calls; replaces `maxBytes`. */
  budget?: ByteBudget;
  /** Headers, beside the usual ones and those given as `Secret`, that must not follow a redirect to another origin. */
  credentialHeaders?: readonly string[];
  /** Told of the error that ended the call, also one that only the reader of a streaming body meets. */
  onFailure?: (error: AppError) => void;
}

/** The limits of opening a TCP connection. */
export interface TcpLimits {
  /** What the connection is for, in dotted words. For logs. */
  purpose: string;
  /** Time for name resolution and the connection. */
  deadlineMs: number;
}

/** One outbound call. */
export interface EgressRequest extends EgressLimits {
  /** `GET` unless said otherwise. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: OutboundHeaders;
  body?: string | Uint8Array<ArrayBuffer> | URLSearchParams;
  /** `refuse` unless said otherwise. */
  redirects?: RedirectPolicy;
  /** Ends the call early; its reason is thrown. */
  signal?: AbortSignal;
}

/** A whole answer, read within its limits. Any status is an answer, not an error. */
export interface EgressReply {
  status: number;
  headers: Headers;
  /** Where the answer came from, after redirects. */
  url: string;
  body: Uint8Array;
  /** The body as UTF-8. */
  text(): string;
  /** The body as JSON, to be parsed further. @throws AppError `egress.unreadable_answer`. */
  json(): unknown;
}

/** A function that third-party libraries take in place of the global `fetch`. */
export type FetchFunction = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
