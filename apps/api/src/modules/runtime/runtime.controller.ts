import { Controller, Get, Header, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Internal, Runtime } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { RuntimeScope } from '#kernel';
import { AgentRuntimeService } from './agent-runtime.service.js';
import { AgentTokensService } from './agent-tokens.service.js';
import { AgentRuntimeResponse } from './dto/agent-runtime.response.js';
import { IssueAgentTokenDto } from './dto/issue-agent-token.dto.js';
import { IssuedAgentTokenResponse } from './dto/issued-agent-token.response.js';

/** Agents for the runtime that runs them. */
@ApiTags('Internal')
@Controller('api/v1/internal/agents/:agentId')
export class RuntimeController {
  constructor(
    private readonly runtime: AgentRuntimeService,
    private readonly tokens: AgentTokensService,
  ) {}

  @Get('resolve')
  @Internal()
  @Header('Cache-Control', 'no-store')
  @Endpoint({
    id: 'resolveAgentRuntime',
    summary: 'Resolve everything that a run of an agent needs',
    description:
      'Settings, credentials and MCP servers with all values in place: `{{credential:name}}` and sealed literals are ' +
      'replaced in endpoint, arguments, environment, headers and configuration, and OAuth tokens that are about to expire ' +
      'are renewed before. A server that lacks a value is listed with `ready: false` and its `problems`; a reference is ' +
      'never answered in the place of its value. A token bound to a workspace, a crew or an agent reads only what it is ' +
      'bound to; other agents are not found, and another `workspace_id` is refused. An agent that was deleted, or whose ' +
      'time is over, is not found either.',
    type: AgentRuntimeResponse,
    headers: { 'Cache-Control': '`no-store`: the answer holds secrets.' },
    errors: [403, 404],
  })
  resolve(@Runtime() scope: RuntimeScope, @Param('agentId') agentId: string): Promise<AgentRuntimeResponse> {
    return this.runtime.resolve(scope, agentId);
  }

  @Post('token')
  @Internal()
  @Audited('agent_token.issue')
  @Header('Cache-Control', 'no-store')
  @Endpoint({
    id: 'issueAgentToken',
    summary: 'Make a token that opens one agent only',
    description:
      'For the master token and tokens of the agent’s workspace. The token made ends by itself; it is good for what ' +
      'concerns this agent and makes no other tokens. The body may be left out.',
    status: 201,
    type: IssuedAgentTokenResponse,
    body: IssueAgentTokenDto,
    headers: { 'Cache-Control': '`no-store`: the answer holds a secret.' },
    errors: [400, 403, 404],
  })
  issueToken(
    @Runtime() scope: RuntimeScope,
    @Param('agentId') agentId: string,
    @BodyAfterLookup(IssueAgentTokenDto) body: LateBody<IssueAgentTokenDto>,
  ): Promise<IssuedAgentTokenResponse> {
    return this.tokens.issue(scope, agentId, body);
  }
}
