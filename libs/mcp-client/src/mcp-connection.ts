import {
  Client,
  SdkError,
  SdkErrorCode,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';
import type { OutboundHeaders } from '#egress';
import { Secret } from '#kernel';
import type { ProbeTransport } from './probe.types.js';
import type { ProbeWatch } from './probe-watch.js';

/** What is needed to connect to a server over HTTP. */
export interface Connecting {
  transport: Exclude<ProbeTransport, 'stdio'>;
  url: URL;
  headers: OutboundHeaders;
  watch: ProbeWatch;
  /** Time for everything but the end of the session. */
  workMs: number;
}

const clientInfo = { name: 'crewship-integrations', version: '1.0.0' };

/**
 * Connects in the era that the server speaks.
 * @throws SdkError or ProtocolError of the client; what the server answered is with the watch.
 */
export async function connect(probe: Connecting, signal: AbortSignal): Promise<Client> {
  // The old SSE transport exists only in revisions that begin with `initialize`.
  if (probe.transport === 'sse') return await connectAs('legacy', probe, signal);
  try {
    return await connectAs('auto', probe, signal);
  } catch (error) {
    // Some servers of 2025 fail or fall silent when anything comes before `initialize`.
    const confused = (probe.watch.answer?.status ?? 0) >= 500 || isTimeout(error);
    if (!confused || signal.aborted) throw error;
    return await connectAs('legacy', probe, signal);
  }
}

async function connectAs(mode: 'auto' | 'legacy', probe: Connecting, signal: AbortSignal): Promise<Client> {
  const { url, headers, watch, workMs } = probe;
  const client = new Client(clientInfo, { versionNegotiation: { mode, probe: { timeoutMs: workMs / 2 } } });
  const options = { fetch: watch.fetch, requestInit: { headers: reveal(headers) } };
  const transport: Transport =
    probe.transport === 'sse'
      ? new SSEClientTransport(url, options)
      : new StreamableHTTPClientTransport(url, { ...options, reconnectionOptions: noReconnection });
  const close = () => void transport.close().catch(() => undefined);
  signal.addEventListener('abort', close, { once: true });
  try {
    await client.connect(transport, { timeout: workMs });
    return client;
  } catch (error) {
    close();
    throw error;
  }
}

const noReconnection = {
  maxRetries: 0,
  initialReconnectionDelay: 1_000,
  maxReconnectionDelay: 1_000,
  reconnectionDelayGrowFactor: 1,
};

/** Whether the client waited in vain. */
export function isTimeout(error: unknown): boolean {
  return SdkError.isInstance(error) && error.code === SdkErrorCode.RequestTimeout;
}

function reveal(headers: OutboundHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  );
}
