import { Injectable } from '@nestjs/common';
import { Random, type WorkspaceScope } from '#kernel';
import type { LoopbackFlowResponse } from './dto/loopback-flow.response.js';
import type { LoopbackMode, StartLoopbackDto } from './dto/start-loopback.dto.js';
import type { FlowCredential } from './flow-credentials.repository.js';
import { FlowCredentialsService } from './flow-credentials.service.js';
import { FlowStartService } from './flow-start.service.js';
import { LoopbackListenersService } from './loopback-listeners.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import { toStartedFlowResponse } from './oauth-flows.mapper.js';

/** Flows whose answer goes to a listener on the browser's own host (RFC 8252, 7.3). */
@Injectable()
export class LoopbackFlowsService {
  constructor(
    private readonly credentials: FlowCredentialsService,
    private readonly starts: FlowStartService,
    private readonly listeners: LoopbackListenersService,
    private readonly random: Random,
  ) {}

  /** @throws AppError 404 or 400 for the credential, 400 for mode `server` from elsewhere, 429 for too many listeners. */
  async start(scope: WorkspaceScope, dto: StartLoopbackDto, browserHash: string): Promise<LoopbackFlowResponse> {
    const credential = await this.credentials.get(scope, dto.credential_id);
    const { oauthClientId, oauthAuthUrl, oauthTokenUrl } = credential;
    if (!oauthClientId || !oauthAuthUrl || !oauthTokenUrl) throw oauthFlowErrors.configurationMissing();
    if (dto.mode === 'server') return this.#withListener(scope, credential, browserHash);
    return this.#begin(scope, credential, { mode: 'client', port: dto.port ?? this.#port(), browserHash });
  }

  async #withListener(
    scope: WorkspaceScope,
    credential: FlowCredential,
    browserHash: string,
  ): Promise<LoopbackFlowResponse> {
    if (!isLoopback(scope.origin.ip)) throw oauthFlowErrors.listenerElsewhere();
    const listener = await this.listeners.open();
    try {
      const started = await this.#begin(scope, credential, { mode: 'server', port: listener.port, browserHash });
      listener.expect(started.state);
      return started;
    } catch (error) {
      listener.close();
      throw error;
    }
  }

  async #begin(
    scope: WorkspaceScope,
    credential: FlowCredential,
    { mode, port, browserHash }: { mode: LoopbackMode; port: number; browserHash: string },
  ): Promise<LoopbackFlowResponse> {
    const redirectUri = `http://127.0.0.1:${port}/callback`;
    const delivery = mode === 'server' ? 'loopback' : 'client';
    const started = await this.starts.begin(scope, credential, { delivery, redirectUri, target: null, browserHash });
    return { ...toStartedFlowResponse(started), loopback_port: port, redirect_uri: redirectUri, mode };
  }

  // One of the ports that are nobody's by registration (RFC 6335, 6).
  #port(): number {
    return 49_152 + (this.random.bytes(2).readUInt16BE() % 16_384);
  }
}

function isLoopback(ip: string | null): boolean {
  return ip !== null && /^(::ffff:)?127\.|^::1$/.test(ip);
}
