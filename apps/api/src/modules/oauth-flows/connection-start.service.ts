import { Injectable } from '@nestjs/common';
import { Transactions, type WorkspaceScope } from '#kernel';
import type { McpConnection, McpServerWish } from './flow-connection.types.js';
import { type ConnectionFacts, FlowCredentialMakingService } from './flow-credential-making.service.js';
import { FlowRedirectsService } from './flow-redirects.service.js';
import { FlowSecretsService } from './flow-secrets.service.js';
import { FlowStartService } from './flow-start.service.js';

/** Makes the credential of a connection together with the flow that is to bring its tokens. */
@Injectable()
export class ConnectionStartService {
  constructor(
    private readonly credentials: FlowCredentialMakingService,
    private readonly starts: FlowStartService,
    private readonly secrets: FlowSecretsService,
    private readonly redirects: FlowRedirectsService,
    private readonly transactions: Transactions,
  ) {}

  /** Both, or neither. The provider's answer comes to our callback. */
  async start(scope: WorkspaceScope, wish: McpServerWish, facts: ConnectionFacts): Promise<McpConnection> {
    const secrets = await this.secrets.make(scope.workspaceId);
    const { target, browserHash } = wish;
    const judged = { delivery: 'callback', redirectUri: this.redirects.own, target, browserHash } as const;
    return this.transactions.run(async () => {
      const credential = await this.credentials.make(scope, wish.name, secrets.id, facts);
      const flow = await this.starts.begin(scope, credential, judged, secrets);
      return { status: 'authorize', credentialId: credential.id, flow };
    });
  }
}
