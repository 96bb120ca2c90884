import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { abandoned } from './abandoned.js';
import { ApprovalDecisionsService } from './approval-decisions.service.js';
import { ApprovalRequestsService } from './approval-requests.service.js';
import { ApprovalWaitService } from './approval-wait.service.js';
import { ApprovalsService } from './approvals.service.js';
import { ApprovalResponse, CreatedApprovalResponse, DecidedApprovalResponse } from './dto/approval.response.js';
import { CreateApprovalDto } from './dto/create-approval.dto.js';
import { DecideApprovalDto } from './dto/decide-approval.dto.js';
import { ListApprovalsQuery } from './dto/list-approvals.query.js';
import { WaitForApprovalQuery } from './dto/wait-for-approval.query.js';

/** What a workspace's agents want to do (seed 004, "Approvals"). */
@ApiTags('Approvals')
@Controller('api/v1/workspaces/:workspaceId/approvals')
export class ApprovalsController {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly requests: ApprovalRequestsService,
    private readonly decisions: ApprovalDecisionsService,
    private readonly waiting: ApprovalWaitService,
  ) {}

  @Post()
  @WorkspaceParameter()
  @Access('approval:create', { in: 'path', orWorkspaceToken: true })
  @Audited('approval.create')
  @Endpoint({
    id: 'createApproval',
    summary: 'Ask for an approval',
    description:
      'Told as `APPROVAL_REQUESTED`, and as `APPROVAL_ESCALATED` in the workspace above, whose managers may decide as well. ' +
      'What nobody decides in time is denied. At most 1000 of a workspace wait at once.',
    status: 201,
    type: CreatedApprovalResponse,
    errors: [400],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateApprovalDto): Promise<CreatedApprovalResponse> {
    return this.requests.create(scope, body);
  }

  @Get()
  @WorkspaceParameter()
  @Access('approval:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listApprovals',
    summary: 'List the approvals of a workspace',
    description:
      'Newest first; gone 30 days after they were decided. `escalated=true` lists those of the workspaces below, for those who may decide them.',
    type: [ApprovalResponse],
    paged: true,
    errors: [400],
  })
  list(@Scope() scope: WorkspaceScope, @Query() query: ListApprovalsQuery): Promise<Page<ApprovalResponse>> {
    return this.approvals.list(scope, query);
  }

  @Get(':approvalId')
  @WorkspaceParameter()
  @Access('approval:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({ id: 'getApproval', summary: 'Get an approval', type: ApprovalResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope, @Param('approvalId') id: string): Promise<ApprovalResponse> {
    return this.approvals.get(scope, id);
  }

  @Get(':approvalId/wait')
  @WorkspaceParameter()
  @Access('approval:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'waitForApproval',
    summary: 'Wait until an approval is decided',
    description:
      'Answers as soon as it is decided or has expired, else after `timeout_seconds` with the approval still `pending`: ' +
      'ask again then. A caller has at most 20 streams and waits at once.',
    type: ApprovalResponse,
    errors: [400, 404],
  })
  wait(
    @Scope() scope: WorkspaceScope,
    @Param('approvalId') id: string,
    @Query() { timeout_seconds }: WaitForApprovalQuery,
    @Req() request: Request,
  ): Promise<ApprovalResponse> {
    return this.waiting.wait(scope, id, timeout_seconds, abandoned(request));
  }

  @Post(':approvalId/decide')
  @WorkspaceParameter()
  @Access('approval:manage', { in: 'path', orWorkspaceToken: 'approvals:decide' })
  @Audited('approval.decide')
  @Endpoint({
    id: 'decideApproval',
    summary: 'Approve or deny',
    description:
      'The workspace’s own, or one that was escalated to it. Exactly one of several decisions is taken; the others are ' +
      'answered as if there were no such approval. Told as `APPROVAL_APPROVED` or `APPROVAL_DENIED`, and `APPROVAL_DECIDED`.',
    type: DecidedApprovalResponse,
    errors: [400, 404],
  })
  decide(
    @Scope() scope: WorkspaceScope,
    @Param('approvalId') id: string,
    @Body() body: DecideApprovalDto,
  ): Promise<DecidedApprovalResponse> {
    return this.decisions.decide(scope, id, body);
  }
}
