import { Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery, SuccessResponse } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { CrewMembersService } from './crew-members.service.js';
import { AddCrewMemberDto } from './dto/add-crew-member.dto.js';
import { CrewMemberResponse } from './dto/crew-member.response.js';

/** Who belongs to a crew. */
@ApiTags('Crews')
@Controller('api/v1/crews/:crewId/members')
export class CrewMembersController {
  constructor(private readonly members: CrewMembersService) {}

  @Get()
  @Access('crew:read')
  @Endpoint({
    id: 'listCrewMembers',
    summary: 'List the members of a crew',
    description: 'Oldest first.',
    type: [CrewMemberResponse],
    paged: true,
    errors: [404],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Query() page: PageQuery,
  ): Promise<Page<CrewMemberResponse>> {
    return this.members.list(scope, crewId, page);
  }

  @Post()
  @Access('crew:manage')
  @Audited('crew_member.create')
  @Endpoint({
    id: 'addCrewMember',
    summary: 'Add a member of the workspace to a crew',
    description: 'A role in the crew raises what the workspace role allows there, and never lowers it.',
    status: 201,
    type: CrewMemberResponse,
    body: AddCrewMemberDto,
    errors: [400, 404, 409],
  })
  add(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @BodyAfterLookup(AddCrewMemberDto) body: LateBody<AddCrewMemberDto>,
  ): Promise<CrewMemberResponse> {
    return this.members.add(scope, crewId, body);
  }

  @Delete(':memberId')
  @Access('crew:manage')
  @Audited('crew_member.delete')
  @Endpoint({ id: 'removeCrewMember', summary: 'Take a member out of a crew', type: SuccessResponse, errors: [404] })
  remove(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('memberId') id: string,
  ): Promise<SuccessResponse> {
    return this.members.remove(scope, crewId, id);
  }
}
