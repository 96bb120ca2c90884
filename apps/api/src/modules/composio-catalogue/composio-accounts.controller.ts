import { Controller, Delete, Param, Post, Res } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, problemContentType } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ComposioAccountsService } from './composio-accounts.service.js';
import { ComposioConnectService } from './composio-connect.service.js';
import { ComposioConnectionResponse, ComposioConsentResponse } from './dto/composio-connection.response.js';
import { ConnectComposioAccountDto } from './dto/connect-composio-account.dto.js';
import { ComposioConnectProblemResponse } from './dto/connect-problem.response.js';

/** Accounts at Composio (seed 000, "Composio Connect" and "Connected-Account Management"). */
@ApiTags('Composio')
@Controller('api/v1/integrations/composio')
export class ComposioAccountsController {
  constructor(
    private readonly connecting: ComposioConnectService,
    private readonly accounts: ComposioAccountsService,
  ) {}

  @Post('connect')
  @Access('composio:manage')
  @Audited('composio.connect', 'composio_auth_config.create')
  @Endpoint({
    id: 'connectComposioAccount',
    summary: 'Begin to connect an account of an app',
    description:
      'Uses the app’s auth config, or makes one that Composio manages. The person opens `redirect_url` to consent. When ' +
      'an auth config was made and the rest failed, the problem names it in `auth_config_id`; connecting again uses it.',
    type: ComposioConnectionResponse,
    body: ConnectComposioAccountDto,
    errors: [400, 409],
  })
  @ApiExtraModels(ComposioConnectProblemResponse)
  @ApiResponse({
    status: 502,
    description: 'Composio failed; `auth_config_id` says what it made before.',
    content: { [problemContentType]: { schema: { $ref: getSchemaPath(ComposioConnectProblemResponse) } } },
  })
  connect(
    @Scope() scope: WorkspaceScope,
    @BodyAfterLookup(ConnectComposioAccountDto) body: LateBody<ConnectComposioAccountDto>,
  ): Promise<ComposioConnectionResponse> {
    return this.connecting.connect(scope, body);
  }

  @Post('accounts/:accountId/revoke')
  @Access('composio:manage')
  @Audited('composio_account.revoke')
  @Endpoint({
    id: 'revokeComposioAccount',
    summary: 'Take the authorisation of an account back',
    description: 'The app forgets it; the person has to connect again.',
    status: 204,
    errors: [400, 502],
  })
  revoke(@Scope() scope: WorkspaceScope, @Param('accountId') id: string): Promise<void> {
    return this.accounts.revoke(scope, id);
  }

  @Post('accounts/:accountId/refresh')
  @Access('composio:manage')
  @Audited('composio_account.refresh')
  @ApiResponse({ status: 200, description: 'A person has to consent again.', type: ComposioConsentResponse })
  @Endpoint({
    id: 'refreshComposioAccount',
    summary: 'Refresh the credentials of an account',
    description: 'Where Composio restarts the consent instead, the answer is a 200 with the page to open.',
    status: 204,
    errors: [400, 502],
  })
  async refresh(
    @Scope() scope: WorkspaceScope,
    @Param('accountId') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ComposioConsentResponse | undefined> {
    return answered(response, await this.accounts.refresh(scope, id));
  }

  @Delete('accounts/:accountId')
  @Access('composio:manage')
  @Audited('composio_account.delete')
  @Endpoint({ id: 'deleteComposioAccount', summary: 'Remove an account at Composio', status: 204, errors: [400, 502] })
  remove(@Scope() scope: WorkspaceScope, @Param('accountId') id: string): Promise<void> {
    return this.accounts.remove(scope, id);
  }
}

function answered(response: Response, consent: ComposioConsentResponse | null): ComposioConsentResponse | undefined {
  if (consent === null) return undefined;
  response.status(200);
  return consent;
}
