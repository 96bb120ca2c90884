import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { SuccessResponse } from '../dto/success.response.js';
import { WorkspaceParameter } from '../workspace-parameter.decorator.js';
import { AddMemberDto } from './dto/add-member.dto.js';
import { ChangeMemberRoleDto } from './dto/change-member-role.dto.js';
import { AddedMemberResponse, MemberResponse } from './dto/member.response.js';
import { MemberRoleResponse } from './dto/member-role.response.js';
import { MembersService } from './members.service.js';

/** Who belongs to a workspace (seed 003, "Workspaces"). */
@ApiTags('Workspaces')
@Controller('api/v1/workspaces/:workspaceId/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @WorkspaceParameter()
  @Access('member:read', { in: 'path' })
  @Endpoint({
    id: 'listMembers',
    summary: 'List the members of a workspace',
    description: 'Oldest first.',
    type: [MemberResponse],
    paged: true,
    errors: [404],
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<MemberResponse>> {
    return this.members.list(scope, page);
  }

  @Post()
  @WorkspaceParameter()
  @Access('member:manage', { in: 'path' })
  @Audited('member.add')
  @Endpoint({
    id: 'addMember',
    summary: 'Add a user to a workspace',
    description: 'For people who have an account; others are invited. Only an owner gives the role ADMIN.',
    status: 201,
    type: AddedMemberResponse,
    errors: [400, 404, 409],
  })
  add(@Scope() scope: WorkspaceScope, @Body() body: AddMemberDto): Promise<AddedMemberResponse> {
    return this.members.add(scope, body);
  }

  @Patch(':memberId')
  @WorkspaceParameter()
  @Access('member:update', { in: 'path' })
  @Audited('member.role_change')
  @Endpoint({
    id: 'changeMemberRole',
    summary: 'Change the role of a member',
    description:
      'Nobody changes a member who ranks above them, or grants their own rank or a higher one. The last owner stays.',
    type: MemberRoleResponse,
    errors: [400, 404, 409],
  })
  changeRole(
    @Scope() scope: WorkspaceScope,
    @Param('memberId') id: string,
    @Body() body: ChangeMemberRoleDto,
  ): Promise<MemberRoleResponse> {
    return this.members.changeRole(scope, id, body);
  }

  @Delete(':memberId')
  @WorkspaceParameter()
  @Access('member:manage', { in: 'path' })
  @Audited('member.remove')
  @Endpoint({
    id: 'removeMember',
    summary: 'Remove a member from a workspace',
    description: 'Their place in the workspace’s crews goes too. Owners cannot be removed.',
    type: SuccessResponse,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('memberId') id: string): Promise<SuccessResponse> {
    return this.members.remove(scope, id);
  }
}
