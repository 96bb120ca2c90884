import { Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ComposioCatalogueService } from './composio-catalogue.service.js';
import { ComposioTriggersService } from './composio-triggers.service.js';
import { ComposioTriggersQuery } from './dto/composio-list.query.js';
import {
  ComposioActiveTriggersResponse,
  ComposioTriggerCreatedResponse,
  ComposioTriggerTypesResponse,
} from './dto/composio-triggers.response.js';
import { CreateComposioTriggerDto } from './dto/create-composio-trigger.dto.js';

/** Events of apps at Composio (seed 000, "Composio Triggers"). */
@ApiTags('Composio')
@Controller('api/v1/integrations/composio/triggers')
export class ComposioTriggersController {
  constructor(
    private readonly catalogue: ComposioCatalogueService,
    private readonly triggers: ComposioTriggersService,
  ) {}

  @Get()
  @Access('composio:read')
  @Endpoint({
    id: 'listComposioTriggerTypes',
    summary: 'List the kinds of triggers',
    type: ComposioTriggerTypesResponse,
    errors: [400, 502],
  })
  types(@Scope() scope: WorkspaceScope, @Query() query: ComposioTriggersQuery): Promise<ComposioTriggerTypesResponse> {
    return this.catalogue.triggerTypes(scope, query);
  }

  @Get('active')
  @Access('composio:read')
  @Endpoint({
    id: 'listActiveComposioTriggers',
    summary: 'List the triggers that fire',
    description: 'Those of every user in the project, read to the last page.',
    type: ComposioActiveTriggersResponse,
    errors: [502],
  })
  active(@Scope() scope: WorkspaceScope): Promise<ComposioActiveTriggersResponse> {
    return this.catalogue.activeTriggers(scope);
  }

  @Post()
  @Access('composio:manage')
  @Audited('composio_trigger.create')
  @Endpoint({
    id: 'createComposioTrigger',
    summary: 'Make a trigger, or enable it again',
    type: ComposioTriggerCreatedResponse,
    body: CreateComposioTriggerDto,
    errors: [400, 502],
  })
  create(
    @Scope() scope: WorkspaceScope,
    @BodyAfterLookup(CreateComposioTriggerDto) body: LateBody<CreateComposioTriggerDto>,
  ): Promise<ComposioTriggerCreatedResponse> {
    return this.triggers.create(scope, body);
  }

  @Post(':triggerId/disable')
  @Access('composio:manage')
  @Audited('composio_trigger.disable')
  @Endpoint({
    id: 'disableComposioTrigger',
    summary: 'Stop a trigger without removing it',
    description: 'Making a trigger of the same type for the same user enables it again.',
    status: 204,
    errors: [400, 502],
  })
  disable(@Scope() scope: WorkspaceScope, @Param('triggerId') id: string): Promise<void> {
    return this.triggers.disable(scope, id);
  }

  @Delete(':triggerId')
  @Access('composio:manage')
  @Audited('composio_trigger.delete')
  @Endpoint({ id: 'deleteComposioTrigger', summary: 'Remove a trigger', status: 204, errors: [400, 502] })
  remove(@Scope() scope: WorkspaceScope, @Param('triggerId') id: string): Promise<void> {
    return this.triggers.remove(scope, id);
  }
}
