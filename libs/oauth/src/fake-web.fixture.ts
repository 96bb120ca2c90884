import type { FetchFunction } from '#egress';
import { egressErrors } from '#egress';

/** A request that somebody made of a {@link FakeWeb}. */
export interface FakeRequest {
  method: string;
  url: string;
  headers: Headers;
  body: string;
  /** The body as a form. */
  form: URLSearchParams;
}

/** What is answered at one URL: JSON with status 200, a whole response, or nothing but an error. */
export type FakeAnswer = object | Response | Error | ((request: FakeRequest) => object | Response | Error);

/** Servers by URL. What is not there answers 404; everything asked is recorded. */
export class FakeWeb {
  readonly requests: FakeRequest[] = [];

  constructor(private readonly answers: Record<string, FakeAnswer> = {}) {}

  /** Adds or replaces an answer. */
  serve(url: string, answer: FakeAnswer): this {
    this.answers[url] = answer;
    return this;
  }

  /** The URLs that were asked, with their methods. */
  get asked(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url}`);
  }

  /** The last request. @throws Error when there was none. */
  get last(): FakeRequest {
    const request = this.requests.at(-1);
    if (!request) throw new Error('nothing was asked');
    return request;
  }

  readonly fetch: FetchFunction = async (input, init = {}) => {
    const given = new Request(input, init);
    const body = await given.text();
    const form = new URLSearchParams(body);
    const request = { method: given.method, url: given.url, headers: given.headers, body, form };
    this.requests.push(request);
    const found = this.answers[given.url] ?? new Response('nothing here', { status: 404 });
    const answer = typeof found === 'function' ? found(request) : found;
    if (answer instanceof Error) throw answer;
    if (!(answer instanceof Response)) return Response.json(answer);
    // Not the clone itself: ending the one half of a divided body waits for the other.
    const text = await answer.clone().text();
    return new Response(text || null, { status: answer.status, headers: answer.headers });
  };

  /** What the egress library throws when nobody is there. */
  static unreachable(): Error {
    return egressErrors.connectionFailed({ params: { reason: 'the host name does not resolve' } });
  }
}
