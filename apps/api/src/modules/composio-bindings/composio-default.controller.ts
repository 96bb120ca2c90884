import { Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { WorkspaceScope } from '#kernel';
import { DefaultConnectorService } from './default-connector.service.js';
import { ComposioDefaultResponse } from './dto/composio-default.response.js';
import { UpdateComposioDefaultDto } from './dto/update-composio-default.dto.js';

/** The workspace's default connector (seed 000, "Composio Default Connector"). */
@ApiTags('Composio')
@Controller('api/v1/integrations/composio/default')
export class ComposioDefaultController {
  constructor(private readonly connector: DefaultConnectorService) {}

  @Get()
  @Access('composio:read')
  @Endpoint({
    id: 'getComposioDefault',
    summary: 'Say how the default connector stands',
    type: ComposioDefaultResponse,
  })
  get(@Scope() scope: WorkspaceScope): Promise<ComposioDefaultResponse> {
    return this.connector.get(scope);
  }

  @Put()
  @Access('composio:manage')
  @Audited('composio_default.update')
  @Endpoint({
    id: 'updateComposioDefault',
    summary: 'Set up the default connector, or bring its apps up to date',
    description:
      'One MCP server at Composio with every connected app. While the server is armed (`COMPOSIO_DEFAULT_CONNECTOR`) and ' +
      'there is a key, every agent without Composio apps of its own gets it, and servers that are not of Composio are ' +
      'offered to nobody. The body is optional, and one that is no JSON object is ignored; without `user_id` the user that ' +
      'is set stays, else there must be just one.',
    type: ComposioDefaultResponse,
    body: UpdateComposioDefaultDto,
    errors: [400, 409, 502],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @BodyAfterLookup(UpdateComposioDefaultDto) body: LateBody<UpdateComposioDefaultDto>,
  ): Promise<ComposioDefaultResponse> {
    return this.connector.update(scope, body);
  }

  @Delete()
  @Access('composio:manage')
  @Audited('composio_default.delete')
  @Endpoint({
    id: 'deleteComposioDefault',
    summary: 'Take the default connector away',
    description:
      'Agents get what they had without it. Its server at Composio is deleted there. Again changes nothing; needs no key.',
    type: ComposioDefaultResponse,
    errors: [409],
  })
  remove(@Scope() scope: WorkspaceScope): Promise<ComposioDefaultResponse> {
    return this.connector.remove(scope);
  }
}
