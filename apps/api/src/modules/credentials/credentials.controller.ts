import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery, SuccessResponse } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { CredentialChangesService } from './credential-changes.service.js';
import { CredentialCreationService } from './credential-creation.service.js';
import { defaultEnvVar, testableProvider } from './credential-provider-rules.js';
import { CredentialRemovalService } from './credential-removal.service.js';
import { CredentialsService } from './credentials.service.js';
import { CreateCredentialDto } from './dto/create-credential.dto.js';
import { CredentialResponse } from './dto/credential.response.js';
import { CredentialEventResponse } from './dto/credential-event.response.js';
import { CredentialPageResponse } from './dto/credential-page.response.js';
import { DefaultEnvVarQuery } from './dto/default-env-var.query.js';
import { DefaultEnvVarResponse } from './dto/default-env-var.response.js';
import { ListCredentialsQuery } from './dto/list-credentials.query.js';
import { UpdateCredentialDto } from './dto/update-credential.dto.js';

/** Sealed secrets of a workspace. Values go in and never come out. */
@ApiTags('Credentials')
@Controller('api/v1/credentials')
export class CredentialsController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly creation: CredentialCreationService,
    private readonly changes: CredentialChangesService,
    private readonly removal: CredentialRemovalService,
  ) {}

  @Get()
  @Access('credential:read')
  @Endpoint({
    id: 'listCredentials',
    summary: 'List the credentials of the workspace',
    description:
      'By type, then newest first. Below MANAGER only credentials of the whole workspace and of the caller’s crews. ' +
      'With `paginate=true` the answer is one page, newest first, with a cursor to the next.',
    type: [CredentialResponse],
    alternative: CredentialPageResponse,
    paged: true,
    errors: [400],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Query() query: ListCredentialsQuery,
  ): Promise<Page<CredentialResponse> | CredentialPageResponse> {
    return this.credentials.list(scope, query);
  }

  @Post()
  @Access('credential:create', { orCapability: 'credential.create' })
  @Audited('credential.create')
  @Endpoint({
    id: 'createCredential',
    summary: 'Store a credential',
    description:
      'The value is sealed (AES-256-GCM, bound to its row) and never answered. Needs MANAGER, or the capability ' +
      '`credential.create`; callers below MANAGER may limit it to their own crews only.',
    status: 201,
    type: CredentialResponse,
    errors: [400, 409],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateCredentialDto): Promise<CredentialResponse> {
    return this.creation.create(scope, body);
  }

  @Get('default-env-var')
  @SignedIn()
  @Endpoint({
    id: 'getDefaultEnvVar',
    summary: 'Get the environment variable in which a provider’s programs look for its token',
    type: DefaultEnvVarResponse,
  })
  defaultEnvVar(@Query() { provider = '' }: DefaultEnvVarQuery): DefaultEnvVarResponse {
    return { env_var: defaultEnvVar(provider), testable: testableProvider(provider, 'SECRET') !== null };
  }

  @Get(':credentialId')
  @Access('credential:read')
  @Endpoint({ id: 'getCredential', summary: 'Get one credential', type: CredentialResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope, @Param('credentialId') id: string): Promise<CredentialResponse> {
    return this.credentials.get(scope, id);
  }

  @Patch(':credentialId')
  @Access('credential:update')
  @Audited('credential.update')
  @Endpoint({
    id: 'updateCredential',
    summary: 'Change a credential',
    description:
      'Absent members stay, null clears. A new value makes it ACTIVE. `crew_ids` replaces its crews; an empty list ' +
      'opens it to the workspace.',
    type: CredentialResponse,
    body: UpdateCredentialDto,
    errors: [400, 404, 409],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('credentialId') id: string,
    @BodyAfterLookup(UpdateCredentialDto) body: LateBody<UpdateCredentialDto>,
  ): Promise<CredentialResponse> {
    return this.changes.update(scope, id, body);
  }

  @Put(':credentialId')
  @Access('credential:update')
  @Audited('credential.update')
  @Endpoint({
    id: 'putCredential',
    summary: 'Change a credential (same as PATCH)',
    description: 'For clients that send PUT. Absent members stay, as with PATCH.',
    type: CredentialResponse,
    body: UpdateCredentialDto,
    errors: [400, 404, 409],
  })
  put(
    @Scope() scope: WorkspaceScope,
    @Param('credentialId') id: string,
    @BodyAfterLookup(UpdateCredentialDto) body: LateBody<UpdateCredentialDto>,
  ): Promise<CredentialResponse> {
    return this.changes.update(scope, id, body);
  }

  @Delete(':credentialId')
  @Access('credential:delete')
  @Audited('credential.delete')
  @Endpoint({
    id: 'deleteCredential',
    summary: 'Delete a credential',
    description: 'Its secrets are wiped, bindings and servers lose it and grants go, in one transaction.',
    type: SuccessResponse,
    errors: [404, 409],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('credentialId') id: string): Promise<SuccessResponse> {
    return this.removal.remove(scope, id);
  }

  @Get(':credentialId/audit')
  @Access('credential:update')
  @Endpoint({
    id: 'listCredentialEvents',
    summary: 'List what happened to a credential',
    description: 'Newest first. Needs MANAGER, since entries show who acted and from which address.',
    type: [CredentialEventResponse],
    paged: true,
    errors: [404],
  })
  timeline(
    @Scope() scope: WorkspaceScope,
    @Param('credentialId') id: string,
    @Query() page: PageQuery,
  ): Promise<Page<CredentialEventResponse>> {
    return this.credentials.timeline(scope, id, page);
  }
}
