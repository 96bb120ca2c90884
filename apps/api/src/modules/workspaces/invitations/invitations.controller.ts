import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { SuccessResponse } from '../dto/success.response.js';
import { WorkspaceParameter } from '../workspace-parameter.decorator.js';
import { CreateInvitationDto } from './dto/create-invitation.dto.js';
import { CreatedInvitationResponse, InvitationResponse } from './dto/invitation.response.js';
import { InvitationEndingsService } from './invitation-endings.service.js';
import { InvitationsService } from './invitations.service.js';

/** Inviting people to a workspace (seed 003, "Workspaces"). */
@ApiTags('Workspaces')
@Controller('api/v1/workspaces/:workspaceId/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly endings: InvitationEndingsService,
  ) {}

  @Get()
  @WorkspaceParameter()
  @Access('invitation:manage', { in: 'path' })
  @Endpoint({
    id: 'listInvitations',
    summary: 'List the open invitations of a workspace',
    description: 'Newest first, expired ones included. Tokens are never shown.',
    type: [InvitationResponse],
    paged: true,
    errors: [404],
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<InvitationResponse>> {
    return this.invitations.list(scope, page);
  }

  @Post()
  @WorkspaceParameter()
  @Access('invitation:manage', { in: 'path' })
  @Audited('invitation.create')
  @Endpoint({
    id: 'createInvitation',
    summary: 'Invite a person by email',
    description:
      'The token is shown in this answer only; nothing is sent by email. It is good for seven days. Only an owner invites with the role ADMIN.',
    status: 201,
    type: CreatedInvitationResponse,
    errors: [400, 404, 409],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateInvitationDto): Promise<CreatedInvitationResponse> {
    return this.invitations.create(scope, body);
  }

  @Delete(':invitationId')
  @WorkspaceParameter()
  @Access('invitation:manage', { in: 'path' })
  @Audited('invitation.revoke')
  @Endpoint({
    id: 'revokeInvitation',
    summary: 'Revoke an open invitation',
    type: SuccessResponse,
    errors: [404],
  })
  revoke(@Scope() scope: WorkspaceScope, @Param('invitationId') id: string): Promise<SuccessResponse> {
    return this.endings.revoke(scope, id);
  }
}
