import { ApiParam } from '@nestjs/swagger';

/** Publishes the path parameter `workspaceId`, which the guard reads: an id or a slug. */
export function WorkspaceParameter(): MethodDecorator {
  return ApiParam({
    name: 'workspaceId',
    description: 'Id or slug of the workspace.',
    schema: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' },
  }) as MethodDecorator;
}
