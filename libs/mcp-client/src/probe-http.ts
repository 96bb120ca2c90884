import { SdkError, SdkErrorCode } from '@modelcontextprotocol/client';
import { checkEndpoint, findHeaderFault, type OutboundHeaders } from '#egress';
import { type Connecting, connect } from './mcp-connection.js';
import type { ProbeDeps, ProbeResult, ProbeTarget, ServerInfo } from './probe.types.js';
import { explainFailure, explainRefusal } from './probe-failure.js';
import { ProbeWatch } from './probe-watch.js';
import { listTools } from './tool-list.js';
import { UpstreamText } from './upstream-text.js';

type HttpTarget = Exclude<ProbeTarget, { transport: 'stdio' }>;
type Finding = Omit<ProbeResult, 'latency_ms'>;

/** One test under way. */
interface Probe extends Connecting {
  words: UpstreamText;
}

// What the agent console's document allows an answer; here for all answers of one test together.
const maxBytes = 5 * 1_048_576;

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
  const probe: Probe = { transport, url: check.url, headers, words, watch, workMs };
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
  const client = await connect(probe, signal);
  try {
    const info = client.getServerVersion();
    if (info) found.server_info = describeServer(info, words);
    found.protocol_version = client.getNegotiatedProtocolVersion();
    const { tools, rejected } = await listTools(client, words, workMs);
    Object.assign(found, { tools_count: tools.length, tools }, rejected > 0 ? { tools_rejected: rejected } : {});
  } finally {
    watch.protocolVersion = client.getNegotiatedProtocolVersion() ?? null;
    await client.close();
  }
}

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

function describeServer(info: { name: string; version: string; title?: string }, words: UpstreamText): ServerInfo {
  const named = { name: words.line(info.name), version: words.line(info.version) };
  return info.title === undefined ? named : { ...named, title: words.line(info.title) };
}

function failure(message: string): Finding {
  return { status: 'error', message };
}
