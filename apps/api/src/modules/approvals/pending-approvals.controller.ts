import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InstanceAdmin } from '#access';
import { Endpoint, PageQuery } from '#http';
import type { Page } from '#kernel';
import { ApprovalsService } from './approvals.service.js';
import { PendingApprovalResponse } from './dto/approval.response.js';

/** What waits for a decision anywhere. */
@ApiTags('Approvals')
@Controller('api/v1/approvals/pending')
export class PendingApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Get()
  @InstanceAdmin()
  @Endpoint({
    id: 'listPendingApprovals',
    summary: 'List what waits for a decision in any workspace',
    description: 'Newest first. What has run out of time does not wait any more.',
    type: [PendingApprovalResponse],
    paged: true,
  })
  list(@Query() page: PageQuery): Promise<Page<PendingApprovalResponse>> {
    return this.approvals.pending(page);
  }
}
