import { Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { NotAudited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ConnectionTestsService } from './connection-tests.service.js';
import { ConnectionTestResponse } from './dto/connection-test.response.js';

const description =
  'Really connects: speaks MCP to the server, lists its tools and ends the session, within 10 seconds, with the ' +
  'configured headers and the credential that the server names, else the one that the oldest enabled binding brings. A stdio server is not started; its ' +
  'configuration is checked. A failed test is a successful call with `status` `error` or `auth_required`.';

/** Connection tests at both levels. */
@Controller('api/v1')
export class ConnectionTestsController {
  constructor(private readonly tests: ConnectionTestsService) {}

  @Post('integrations/:integrationId/test')
  @ApiTags('Workspace integrations')
  @Access('integration:create')
  @NotAudited('nothing is changed')
  @Endpoint({
    id: 'testWorkspaceIntegration',
    summary: 'Test the connection to an MCP server of the workspace',
    description,
    type: ConnectionTestResponse,
    errors: [404],
  })
  testWorkspace(@Scope() scope: WorkspaceScope, @Param('integrationId') id: string): Promise<ConnectionTestResponse> {
    return this.tests.testWorkspaceIntegration(scope, id);
  }

  @Post('crews/:crewId/integrations/:integrationId/test')
  @ApiTags('Crew integrations')
  @Access('crew_integration:create')
  @NotAudited('nothing is changed')
  @Endpoint({
    id: 'testCrewIntegration',
    summary: 'Test the connection to an MCP server of a crew',
    description,
    type: ConnectionTestResponse,
    errors: [404],
  })
  testCrew(
    @Scope() scope: WorkspaceScope,
    @Param('crewId') crewId: string,
    @Param('integrationId') id: string,
  ): Promise<ConnectionTestResponse> {
    return this.tests.testCrewIntegration(scope, crewId, id);
  }
}
