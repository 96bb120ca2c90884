import { Injectable } from '@nestjs/common';
import { resolveHttp, type TemplateSource } from '#connector-manifests';
import { Egress } from '#egress';
import { Secret } from '#kernel';
import { probeServer } from '#mcp-client';
import { invalidField } from './submitted-values.js';
import { accepted, rejected, type Verdict, verifyDeadlineMs } from './verdict.js';

/** Tries values by listing the tools of the MCP server itself. */
@Injectable()
export class McpVerifyService {
  constructor(private readonly egress: Egress) {}

  /** @throws AppError 400 for a value that cannot stand where the call needs it. */
  async verify(source: TemplateSource): Promise<Verdict> {
    const { mcp } = source.manifest;
    if (mcp.endpoint === undefined) {
      return accepted(
        'The configuration is well formed; the server itself is started by the runtime and was not asked',
      );
    }
    const call = resolveHttp(source, { url: mcp.endpoint, headers: mcp.headers });
    if (!call.ok) throw invalidField(call);
    const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, new Secret(value)]));
    const target = { transport: 'streamable-http', endpoint: call.url, headers } as const;
    const result = await probeServer(target, { egress: this.egress, deadlineMs: verifyDeadlineMs });
    if (result.status !== 'ok') return rejected(result.message);
    return accepted(`Connected to the MCP server; it lists ${result.tools_count ?? 0} tools`);
  }
}
