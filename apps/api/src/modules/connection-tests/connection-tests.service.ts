import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import { AppError, raise, type WorkspaceScope } from '#kernel';
import { type ProbeResult, type ProbeTarget, probeServer } from '#mcp-client';
import type { EffectiveServer } from '#resolver-core';
import { ServerAccessService } from '../server-access/server-access.service.js';
import { speaksSse } from '../server-settings/http-transport-rules.js';
import { connectionTestErrors } from './connection-tests.errors.js';
import { ConnectionTestsRepository } from './connection-tests.repository.js';
import type { ConnectionTestResponse } from './dto/connection-test.response.js';
import { sealedLiteralsOf, type TestedRows, testedServer } from './tested-server.js';

/** Connects to servers as an agent would, and says what it found. */
@Injectable()
export class ConnectionTestsService {
  constructor(
    private readonly repository: ConnectionTestsRepository,
    private readonly access: ServerAccessService,
    private readonly egress: Egress,
  ) {}

  /** Tests a server of the workspace. */
  async testWorkspaceIntegration(scope: WorkspaceScope, id: string): Promise<ConnectionTestResponse> {
    const workspace = (await this.repository.findWorkspaceRow(scope, id)) ?? raise(connectionTestErrors.notFound());
    return this.#test(scope, await this.#withBinding(scope, { workspace, crew: null }, null));
  }

  /**
   * The same with all that was found, for features that use the list of tools: within `deadlineMs`.
   * @throws AppError `connection_test.not_found`.
   */
  async probeWorkspaceIntegration(
    scope: WorkspaceScope,
    id: string,
    { deadlineMs }: { deadlineMs: number },
  ): Promise<ProbeResult> {
    const workspace = (await this.repository.findWorkspaceRow(scope, id)) ?? raise(connectionTestErrors.notFound());
    return this.#probe(scope, await this.#withBinding(scope, { workspace, crew: null }, null), deadlineMs);
  }

  /** Tests a server of a crew, with what it inherits. */
  async testCrewIntegration(scope: WorkspaceScope, crewId: string, id: string): Promise<ConnectionTestResponse> {
    const crew = await this.repository.findCrewRow(scope, crewId, id);
    if (!crew) {
      const known = await this.repository.crewExists(scope, crewId);
      throw known ? connectionTestErrors.notFound() : connectionTestErrors.crewNotFound();
    }
    const workspace = await this.repository.findOverridden(scope, crew);
    return this.#test(scope, await this.#withBinding(scope, { workspace, crew }, crewId));
  }

  // As everybody has the server; a binding stands in where the server itself names no credential.
  async #withBinding(
    scope: WorkspaceScope,
    rows: Omit<TestedRows, 'binding'>,
    crewId: string | null,
  ): Promise<TestedRows> {
    const shared = { ...rows, binding: null };
    if (testedServer(shared)?.credentialId) return shared;
    const ids = [rows.crew, rows.workspace].flatMap((row) => (row ? [row.id] : []));
    return { ...rows, binding: await this.repository.findBindingWithCredential(scope, ids, crewId) };
  }

  async #test(scope: WorkspaceScope, rows: TestedRows): Promise<ConnectionTestResponse> {
    const { tools_rejected: _rejected, quotes_server: _quotes, tools, ...result } = await this.#probe(scope, rows);
    return { ...result, ...(tools && { tools: tools.map(({ name, description }) => ({ name, description })) }) };
  }

  async #probe(scope: WorkspaceScope, rows: TestedRows, deadlineMs?: number): Promise<ProbeResult> {
    const server = testedServer(rows) ?? raise(connectionTestErrors.notFound());
    const target = await this.#targetOf(scope, server, rows);
    if ('fault' in target) return { status: target.status, message: target.fault, latency_ms: 0 };
    return probeServer(target, { egress: this.egress, deadlineMs });
  }

  // A reference without a value is the finding of this test, not a failure of the call.
  async #targetOf(
    scope: WorkspaceScope,
    server: EffectiveServer,
    rows: TestedRows,
  ): Promise<ProbeTarget | { fault: string; status: 'error' | 'auth_required' }> {
    if (server.transport === 'stdio') return { transport: 'stdio', command: server.command, argsJson: server.argsJson };
    try {
      const transport = speaksSse(server.configJson) ? 'sse' : 'streamable-http';
      return { transport, ...(await this.access.httpAccess(scope, server, sealedLiteralsOf(rows))) };
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'unprocessable') throw error;
      const needsPerson = error.code === 'server_access.credential_unusable';
      return { fault: error.message, status: needsPerson ? 'auth_required' : 'error' };
    }
  }
}
