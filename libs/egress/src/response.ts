import { egressErrors } from './egress.errors.js';
import type { EgressReply } from './egress-request.js';
import type { Exchange } from './exchange.js';

/** The response with a body that keeps to the limits of its exchange. */
export function withLimits(response: Response, url: URL, exchange: Exchange): Response {
  const headers = new Headers(response.headers);
  if (headers.has('content-encoding')) {
    // The body is decoded by now, so that these would describe something else.
    headers.delete('content-encoding');
    headers.delete('content-length');
  }
  const { status, statusText } = response;
  const body = response.body && !isBodyless(status) ? exchange.limit(response.body) : null;
  if (!body) exchange.end();
  const limited = new Response(body, { status, statusText, headers });
  Object.defineProperty(limited, 'url', { value: url.href.split('#', 1)[0] });
  return limited;
}

/** Reads a limited response to its end. */
export async function readReply(response: Response): Promise<EgressReply> {
  const body = new Uint8Array(await response.arrayBuffer());
  const text = () => new TextDecoder().decode(body);
  return {
    status: response.status,
    headers: response.headers,
    url: response.url,
    body,
    text,
    json: () => {
      try {
        const value: unknown = JSON.parse(text());
        return value;
      } catch (error) {
        throw egressErrors.unreadableAnswer({ cause: error });
      }
    },
  };
}

function isBodyless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
