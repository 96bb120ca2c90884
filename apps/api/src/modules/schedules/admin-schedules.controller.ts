import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InstanceAdmin } from '#access';
import { Endpoint, PageQuery } from '#http';
import type { Page } from '#kernel';
import { AdminScheduleHealthResponse } from './dto/admin-schedule-health.response.js';
import { ScheduleHealthService } from './schedule-health.service.js';

/** Schedules as the instance's administrator sees them. */
@ApiTags('Schedules')
@Controller('api/v1/admin/schedules')
export class AdminSchedulesController {
  constructor(private readonly healths: ScheduleHealthService) {}

  @Get('health')
  @InstanceAdmin()
  @Endpoint({
    id: 'listAdminScheduleHealth',
    summary: 'List whether the schedules of all workspaces keep their time',
    description: 'Those that are switched on, by the names of workspace and schedule. Deleted workspaces are left out.',
    type: [AdminScheduleHealthResponse],
    paged: true,
  })
  health(@Query() page: PageQuery): Promise<Page<AdminScheduleHealthResponse>> {
    return this.healths.list(page);
  }
}
