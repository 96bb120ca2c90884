import { Body, Controller, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Scope, TeamKey } from '#access';
import { Audited } from '#audit-log';
import { ConsoleEnvelope, Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ConsoleActionsService } from './console-actions.service.js';
import { SwitchedActionsEnvelopeResponse, type SwitchedActionsResponse } from './dto/action.response.js';
import { SwitchActionsDto } from './dto/switch-actions.dto.js';

const description =
  'Counts those ids that are tools of the agent; unknown and foreign ones are passed over. A tool that its server no ' +
  'longer lists stays off, and is switched as soon as it is listed again.';

/** Switching tools of an agent. */
@ApiTags('Agent console')
@Controller('api/v1/console/agents/:agentId/actions')
@UseInterceptors(ConsoleEnvelope)
export class ConsoleActionsController {
  constructor(private readonly actions: ConsoleActionsService) {}

  @Post('enable')
  @TeamKey('integrations:write')
  @Audited('tool_binding.update')
  @Endpoint({
    id: 'enableConsoleActions',
    summary: 'Offer tools to an agent',
    description,
    type: SwitchedActionsEnvelopeResponse,
    errors: [400, 404],
  })
  enable(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Body() body: SwitchActionsDto,
  ): Promise<SwitchedActionsResponse> {
    return this.actions.switch(scope, agentId, body.action_ids, true);
  }

  @Post('disable')
  @TeamKey('integrations:write')
  @Audited('tool_binding.update')
  @Endpoint({
    id: 'disableConsoleActions',
    summary: 'Withhold tools from an agent',
    description,
    type: SwitchedActionsEnvelopeResponse,
    errors: [400, 404],
  })
  disable(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Body() body: SwitchActionsDto,
  ): Promise<SwitchedActionsResponse> {
    return this.actions.switch(scope, agentId, body.action_ids, false);
  }
}
