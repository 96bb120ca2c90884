import type { Socket } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';
import { AddressGuard } from './address-guard.js';
import { ByteBudget } from './byte-budget.js';
import { translateFailure } from './connection-failure.js';
import { guardedConnector, openGuarded } from './connector.js';
import { type DnsResolver, SystemDnsResolver } from './dns-resolver.js';
import { egressErrors, refused } from './egress.errors.js';
import type { EgressPolicy } from './egress-policy.js';
import type {
  EgressLimits,
  EgressReply,
  EgressRequest,
  FetchFunction,
  RedirectPolicy,
  TcpLimits,
} from './egress-request.js';
import { findUrlRefusal, parseOutboundUrl } from './endpoint-check.js';
import { Exchange } from './exchange.js';
import { credentialHeaders, openHeaders } from './header-rules.js';
import { type Hop, nextHop, redirectTarget } from './hop.js';
import { readReply, withLimits } from './response.js';

/** What the process, not the call, decides about outbound calls. */
export interface EgressOptions {
  resolver?: DnsResolver;
  /** Time for name resolution, TCP and TLS of one connection. 3 s unless said otherwise. */
  connectDeadlineMs?: number;
  /** Certificates (PEM) trusted instead of the machine's. */
  ca?: string;
}

type Redirecting = RedirectPolicy | 'hand_over';

/**
 * The only way out of the process over HTTP. Every address is checked after name resolution and connected to as
 * checked, redirects included; deadlines and sizes hold until the body is read. No cookies, no proxy from the
 * environment. Connections are kept alive and shared by all calls of one instance.
 */
export class Egress {
  readonly #agent: Agent;
  readonly #guard: AddressGuard;
  /** Certificate authority that is trusted in place of the system's; undefined: the system's. */
  readonly ca: string | undefined;

  constructor(
    readonly policy: EgressPolicy,
    options: EgressOptions = {},
  ) {
    const guard = new AddressGuard(policy, options.resolver ?? new SystemDnsResolver());
    const { connectDeadlineMs = 3_000, ca } = options;
    this.#guard = guard;
    this.ca = ca;
    this.#agent = new Agent({ connect: guardedConnector(guard, { connectDeadlineMs, ca }), connections: 32 });
  }

  /**
   * Makes one call and reads its whole answer.
   * @throws AppError of {@link egressErrors}. Nothing was sent when it is `egress.url_not_allowed` or
   * `egress.header_not_allowed`, unless a redirect led there.
   */
  async request(url: string, request: EgressRequest): Promise<EgressReply> {
    const given = request.headers ?? {};
    const hop = await this.#firstHop(url, openHeaders(given), { method: request.method, body: request.body });
    const limits = { ...request, credentialHeaders: [...credentialHeaders(given, request.credentialHeaders)] };
    return await readReply(await this.#send(hop, limits, request.redirects ?? 'refuse'));
  }

  /** Posts JSON; see {@link request}. */
  async postJson(url: string, body: unknown, request: Omit<EgressRequest, 'method' | 'body'>): Promise<EgressReply> {
    const headers = { accept: 'application/json', 'content-type': 'application/json', ...request.headers };
    return await this.request(url, { ...request, method: 'POST', headers, body: JSON.stringify(body) });
  }

  /**
   * A `fetch` for third-party libraries, within the given limits. It follows at most 3 redirects unless the library
   * asks for `redirect: 'manual'` (the 3xx answer is handed over) or `'error'`. Bodies are sent buffered.
   */
  fetcher(limits: EgressLimits): FetchFunction {
    return async (input, init = {}) => {
      const request = input instanceof Request ? new Request(input, init) : null;
      const source = request ?? init;
      const url = request ? request.url : String(input);
      const headers = openHeaders(Object.fromEntries(new Headers(source.headers)));
      const hop = await this.#firstHop(url, headers, { method: source.method, body: source.body });
      return await this.#send(hop, { ...limits, signal: source.signal }, redirectingOf(source.redirect));
    };
  }

  /** {@link fetcher} with the default limits: 10 s, 1 MiB. */
  readonly fetch: FetchFunction = (input, init) => this.fetcher({ purpose: 'fetch' })(input, init);

  /**
   * Opens a TCP connection for a protocol that is not HTTP, such as a database's, to an address that was checked. The
   * caller owns the socket; encryption, the further deadline and the size of what is read are the caller's.
   * @throws AppError of {@link egressErrors}: the address is refused, or nobody answers in time.
   */
  async connectTcp(host: string, port: number, { purpose, deadlineMs }: TcpLimits): Promise<Socket> {
    try {
      const options = { connectDeadlineMs: deadlineMs, ca: this.ca };
      return await openGuarded(this.#guard, options, { hostname: host, port: String(port), protocol: 'tcp:' });
    } catch (error) {
      throw translateFailure(error, purpose);
    }
  }

  /** Closes the connections once their calls are done. No call may follow. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #firstHop(text: string, headers: Headers, init: { method?: string; body?: RequestInit['body'] }): Promise<Hop> {
    const url = this.#permitted(parseOutboundUrl(text));
    if (!headers.has('user-agent')) headers.set('user-agent', 'crewship-integrations');
    const method = (init.method ?? 'GET').toUpperCase();
    if (init.body === null || init.body === undefined) return { url, method, headers, body: null };
    // Through a Response, so that every kind of body gets the bytes and the content type that fetch would give it.
    const buffered = new Response(init.body);
    const type = buffered.headers.get('content-type');
    if (type && !headers.has('content-type')) headers.set('content-type', type);
    return { url, method, headers, body: new Uint8Array(await buffered.arrayBuffer()) };
  }

  async #send(
    first: Hop,
    limits: EgressLimits & { signal?: AbortSignal | null },
    redirects: Redirecting,
  ): Promise<Response> {
    const budget = limits.budget ?? new ByteBudget(limits.maxBytes ?? 1_048_576);
    const exchange = new Exchange({ ...limits, budget, deadlineMs: limits.deadlineMs ?? 10_000 });
    try {
      return await this.#follow(first, exchange, redirects, credentialHeaders({}, limits.credentialHeaders));
    } catch (error) {
      throw exchange.fail(error);
    }
  }

  async #follow(
    first: Hop,
    exchange: Exchange,
    redirects: Redirecting,
    credentials: ReadonlySet<string>,
  ): Promise<Response> {
    let hop = first;
    for (let followed = 0; ; followed++) {
      const response = await this.#once(hop, exchange.signal);
      const target = redirects === 'hand_over' ? null : redirectTarget(hop.url, response);
      if (!target || redirects === 'hand_over') return withLimits(response, hop.url, exchange);
      await response.body?.cancel();
      if (redirects === 'refuse') throw egressErrors.redirectRefused();
      if (followed >= redirects.max) throw egressErrors.tooManyRedirects({ params: { max: redirects.max } });
      hop = nextHop(hop, response.status, this.#permitted(target), credentials);
    }
  }

  async #once(hop: Hop, signal: AbortSignal): Promise<Response> {
    const { url, method, headers, body } = hop;
    const response = await undiciFetch(url, {
      method,
      headers: [...headers],
      body,
      signal,
      redirect: 'manual',
      dispatcher: this.#agent,
    });
    return response as Response;
  }

  #permitted(parsed: ReturnType<typeof parseOutboundUrl>): URL {
    if (!(parsed instanceof URL)) throw refused(parsed);
    const refusal = findUrlRefusal(parsed, this.policy);
    if (refusal) throw refused(refusal);
    return parsed;
  }
}

function redirectingOf(mode: RequestInit['redirect']): Redirecting {
  if (mode === 'manual') return 'hand_over';
  return mode === 'error' ? 'refuse' : { max: 3 };
}
