import { performance } from 'node:perf_hooks';
import { unreachable } from '#kernel';
import type { ProbeDeps, ProbeResult, ProbeTarget } from './probe.types.js';
import { probeHttp } from './probe-http.js';
import { findArgsFault, findCommandFault } from './stdio-config.js';

/**
 * Tests a server the way an agent would use it: connects in whichever era of MCP it speaks (2025 `initialize` or the
 * stateless revision of 2026-07-28), lists its tools and ends the session. A stdio server is only read, not started.
 * Never rejects: whatever goes wrong is a result with a truthful message.
 */
export async function probeServer(server: ProbeTarget, deps: ProbeDeps): Promise<ProbeResult> {
  switch (server.transport) {
    case 'stdio':
      return probeStdio(server);
    case 'streamable-http':
    case 'http':
    case 'sse': {
      const start = performance.now();
      const finding = await probeHttp(server, deps);
      return { ...finding, latency_ms: Math.round(performance.now() - start) };
    }
    default:
      return unreachable(server);
  }
}

function probeStdio(server: Extract<ProbeTarget, { transport: 'stdio' }>): ProbeResult {
  const fault = findCommandFault(server.command) ?? findArgsFault(server.argsJson);
  if (fault) return { status: 'error', message: fault, latency_ms: 0 };
  return { status: 'ok', message: 'Configuration is well formed; the runtime starts the server', latency_ms: 0 };
}
