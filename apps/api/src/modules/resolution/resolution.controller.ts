import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiQuery, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, Scope } from '#access';
import { NotAudited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, sendTagged } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ResolutionExplanationResponse } from './dto/explanation.response.js';
import { PreviewResolutionDto } from './dto/preview-resolution.dto.js';
import { ResolvedIntegrationResponse } from './dto/resolved-integration.response.js';
import { ResolutionService } from './resolution.service.js';

const list = { type: 'array' as const, maxItems: 10_000, items: { $ref: getSchemaPath(ResolvedIntegrationResponse) } };
const tag = {
  description: 'Tag of this answer; send it as `If-None-Match`.',
  schema: { type: 'string' as const, maxLength: 64 },
};

/** What an agent effectively has, and why. */
@ApiTags('Resolution')
@ApiExtraModels(ResolvedIntegrationResponse, ResolutionExplanationResponse)
@Controller('api/v1/agents/:agentId/integrations/resolved')
export class ResolutionController {
  constructor(private readonly resolution: ResolutionService) {}

  @Get()
  @Access('agent_binding:read')
  @Endpoint({
    id: 'resolveAgentIntegrations',
    summary: 'Resolve the MCP servers that an agent effectively has',
    description:
      'Workspace, crew and agent level combined, by name. With `explain=true` the answer is an object: every server with ' +
      'the origin of each field, its credential’s state and its withheld tools, and the servers that are not offered with ' +
      'the rule that removed each. Values of secrets are never part of it.',
    errors: [404],
  })
  @ApiResponse({
    status: 200,
    description: 'The effective servers; with `explain=true` the explanation.',
    headers: { ETag: tag },
    content: {
      'application/json': { schema: { oneOf: [list, { $ref: getSchemaPath(ResolutionExplanationResponse) }] } },
    },
  })
  @ApiResponse({ status: 304, description: 'Unchanged since the tag in `If-None-Match`.', headers: { ETag: tag } })
  @ApiQuery({
    name: 'explain',
    required: false,
    description: '`true` answers an object with the reasons instead of the bare list.',
    schema: { type: 'boolean', default: false },
  })
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'Tag of the answer the caller has.',
    schema: { type: 'string', maxLength: 1024 },
  })
  async resolved(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Query('explain') explain: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const answer =
      explain === 'true' ? this.resolution.explained(scope, agentId) : this.resolution.resolved(scope, agentId);
    sendTagged(request, response, await answer);
  }

  @Post('preview')
  @Access('agent_binding:read')
  @NotAudited('nothing is saved')
  @Endpoint({
    id: 'previewAgentIntegrations',
    summary: 'Resolve as if changes had been saved',
    description: 'Answers the explanation for the agent after the given changes, in order. Nothing is saved.',
    type: ResolutionExplanationResponse,
    body: PreviewResolutionDto,
    errors: [400, 404, 409, 422],
  })
  preview(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @BodyAfterLookup(PreviewResolutionDto) body: LateBody<PreviewResolutionDto>,
  ): Promise<ResolutionExplanationResponse> {
    return this.resolution.preview(scope, agentId, body);
  }
}
