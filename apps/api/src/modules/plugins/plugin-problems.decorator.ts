import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { problemContentType, statusMeanings } from '#http';
import { PluginProblemResponse } from './dto/plugin-problem.response.js';

const meanings: Record<number, string> = {
  400: 'The source or the name has a wrong form, or its scheme is unknown.',
  403: 'A list at or above the workspace does not name the plugin, or the role or the token’s scopes do not allow this.',
  404: 'The workspace, or the source, is not there.',
  413: 'The body, the plugin, or the plugins of the workspace together are too large.',
  422: 'The source is not pinned, the plugin is not what it should be, or it holds what is not taken.',
};

/** Publishes problem documents that name the source, for the statuses of an installation. */
export function PluginProblems(): MethodDecorator {
  const content = { [problemContentType]: { schema: { $ref: getSchemaPath(PluginProblemResponse) } } };
  return applyDecorators(
    ApiExtraModels(PluginProblemResponse),
    ...[400, 403, 404, 413, 422, 502, 504].map((status) =>
      ApiResponse({ status, description: meanings[status] ?? statusMeanings[status] ?? '', content }),
    ),
  ) as MethodDecorator;
}
