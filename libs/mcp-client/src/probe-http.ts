import {
  Client,
  SdkError,
  SdkErrorCode,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client';
import { checkEndpoint, findHeaderFault, type OutboundHeaders } from '#egress';
import { Secret } from '#kernel';
import type { ProbeDeps, ProbeResult, ProbeTarget, ServerInfo } from './probe.types.js';
import { explainFailure, explainRefusal } from './probe-failure.js';
import { ProbeWatch } from './probe-watch.js';
import { listTools } from './tool-list.js';
import { UpstreamText } from './upstream-text.js';

type HttpTarget = Exclude<ProbeTarget, { transport: 'stdio' }>;
type Finding = Omit<ProbeResult, 'latency_ms'>;

/** One test under way. */
interface Probe {
  transport: HttpTarget['transport'];
  url: URL;
  headers: OutboundHeaders;
  words: UpstreamText;
  watch: ProbeWatch;
  /** Time for everything but the end of the session. */
  workMs: number;
  deadlineMs: number;
}

const clientInfo = { name: 'crewship-integrations', version: '1.0.0' };
const maxBytes = 4 * 1_048_576;

/** Connects to a server over HTTP, lists its tools and ends the session. Never rejects. */
export async function probeHttp(target: HttpTarget, deps: ProbeDeps): Promise<Finding> {
  const { endpoint, headers, transport } = target;
  const { egress, deadlineMs = 10_000 } = deps;
  if (endpoint === null || endpoint.trim() === '') return failure('No endpoint configured for this server');
  const check = checkEndpoint(endpoint, egress.policy);
  if (!check.ok) return failure(explainRefusal(check));
  const fault = findHeaderFault(headers);
  if (fault) return failure(`A header of this server cannot be sent: ${fault.reason}`);
  const teardownMs = Math.min(1_000, deadlineMs / 10);
  const workMs = deadlineMs - teardownMs;
  const stop = new AbortController();
  const getIsOptional = transport !== 'sse';
  const watch = new ProbeWatch({ egress, deadlineMs: workMs, maxBytes, getIsOptional, signal: stop.signal });
  const words = new UpstreamText(headers, check.url);
  const probe: Probe = { transport, url: check.url, headers, words, watch, workMs, deadlineMs };
  const found: Finding = { status: 'ok', message: 'Connected to MCP server' };
  try {
    await Promise.race([explore(probe, found, stop.signal), watch.broken, late(workMs, stop.signal)]);
    return found;
  } catch (error) {
    return { ...found, ...explainFailure({ error, answer: watch.answer, policy: egress.policy, words, deadlineMs }) };
  } finally {
    stop.abort();
    await endSession(probe, deps, teardownMs);
  }
}

/** Fills in what is found as it is found, so that a failure later on keeps what came before it. */
async function explore(probe: Probe, found: Finding, signal: AbortSignal): Promise<void> {
  const { watch, words, workMs } = probe;
  const { client, transport } = await connect(probe, signal);
  try {
    const info = client.getServerVersion();
    if (info) found.server_info = describeServer(info, words);
    found.protocol_version = client.getNegotiatedProtocolVersion();
    const { tools, rejected } = await listTools(client, words, workMs);
    Object.assign(found, { tools_count: tools.length, tools }, rejected > 0 ? { tools_rejected: rejected } : {});
  } finally {
    watch.protocolVersion = client.getNegotiatedProtocolVersion() ?? null;
    await client.close();
    await transport.close();
  }
}

async function connect(probe: Probe, signal: AbortSignal): Promise<{ client: Client; transport: Transport }> {
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

async function connectAs(mode: 'auto' | 'legacy', probe: Probe, signal: AbortSignal) {
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
    return { client, transport };
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

/** Ends the session that the server opened, if any (Streamable HTTP, "Session Management"). */
async function endSession(
  { url, headers, watch, transport }: Probe,
  deps: ProbeDeps,
  deadlineMs: number,
): Promise<void> {
  if (watch.sessionId === null || transport === 'sse') return;
  const version: OutboundHeaders = watch.protocolVersion ? { 'mcp-protocol-version': watch.protocolVersion } : {};
  const session = { ...headers, 'mcp-session-id': watch.sessionId, ...version };
  // A server may not allow it, or be gone: the verdict stands either way.
  await deps.egress
    .request(url.href, { purpose: 'mcp.probe_end', method: 'DELETE', headers: session, deadlineMs })
    .catch(() => undefined);
}

function late(ms: number, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => reject(new SdkError(SdkErrorCode.RequestTimeout, 'deadline')), ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

function isTimeout(error: unknown): boolean {
  return SdkError.isInstance(error) && error.code === SdkErrorCode.RequestTimeout;
}

function describeServer(info: { name: string; version: string; title?: string }, words: UpstreamText): ServerInfo {
  const named = { name: words.line(info.name), version: words.line(info.version) };
  return info.title === undefined ? named : { ...named, title: words.line(info.title) };
}

function reveal(headers: OutboundHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value instanceof Secret ? value.reveal() : value]),
  );
}

function failure(message: string): Finding {
  return { status: 'error', message };
}
