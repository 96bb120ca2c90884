import { Controller, Delete, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery } from '#http';
import type { CallerScope, Page } from '#kernel';
import { CliTokensService } from './cli-tokens.service.js';
import { CliTokenListResponse, type CliTokenResponse, CreatedCliTokenResponse } from './dto/cli-token.response.js';
import { CreateCliTokenDto } from './dto/create-cli-token.dto.js';
import { RevokedTokenResponse } from './dto/revoked-token.response.js';
import { ValidCredentialResponse } from './dto/valid-credential.response.js';

/** Long-lived bearer tokens for programs (seed 003, "CLI Token"). */
@ApiTags('Authentication')
@Controller('api/v1/auth')
export class CliTokensController {
  constructor(private readonly tokens: CliTokensService) {}

  @Post('cli-token')
  @SignedIn()
  @Header('Cache-Control', 'no-store')
  @Audited('cli_token.create')
  @ApiBody({ type: CreateCliTokenDto, required: false })
  @Endpoint({
    id: 'createCliToken',
    summary: 'Create a CLI token',
    description:
      'The token is shown this once. A token that makes another hands down its scopes and its end; the body may narrow ' +
      'them, never widen. Scopes beyond your highest workspace role are refused.',
    type: CreatedCliTokenResponse,
    errors: [400, 403],
  })
  create(
    @Caller() scope: CallerScope,
    @BodyAfterLookup(CreateCliTokenDto) body: LateBody<CreateCliTokenDto>,
  ): Promise<CreatedCliTokenResponse> {
    return this.tokens.create(scope, body);
  }

  @Get('cli-token/validate')
  @SignedIn()
  @Endpoint({
    id: 'validateCliToken',
    summary: 'Check the presented token',
    description: 'Works for sessions too. An invalid one is answered with 401.',
    type: ValidCredentialResponse,
  })
  validate(@Caller() scope: CallerScope): ValidCredentialResponse {
    return this.tokens.validate(scope);
  }

  @Get('cli-tokens')
  @SignedIn()
  @Endpoint({
    id: 'listCliTokens',
    summary: 'List your CLI tokens',
    description: 'Newest first, revoked ones included, without their texts.',
    type: CliTokenListResponse,
    paged: true,
    envelope: 'data',
  })
  list(@Caller() scope: CallerScope, @Query() page: PageQuery): Promise<Page<CliTokenResponse>> {
    return this.tokens.list(scope, page);
  }

  @Delete('cli-tokens/:tokenId')
  @SignedIn()
  @Audited('cli_token.revoke')
  @Endpoint({
    id: 'revokeCliToken',
    summary: 'Revoke one of your CLI tokens',
    description: 'Revoking it again answers the same. A token with scopes may revoke only itself.',
    type: RevokedTokenResponse,
    errors: [403, 404],
  })
  revoke(@Caller() scope: CallerScope, @Param('tokenId') id: string): Promise<RevokedTokenResponse> {
    return this.tokens.revoke(scope, id);
  }
}
