import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { RegistrySyncResponse } from './dto/registry-sync.response.js';
import { RegistrySyncRequestedResponse } from './dto/registry-sync-requested.response.js';
import { RegistrySyncService } from './registry-sync.service.js';

/** Bringing our copy of the registry up to date (seed 000, "Sync Registry"). */
@ApiTags('MCP registry')
@Controller('api/v1/mcp-registry/sync')
export class RegistrySyncController {
  constructor(private readonly sync: RegistrySyncService) {}

  @Post()
  @Access('registry:sync')
  @Audited('mcp_registry.sync')
  @Endpoint({
    id: 'syncRegistry',
    summary: 'Bring the copy of the MCP registry up to date',
    description:
      'Starts in the background: everything the first time and once a week, otherwise what changed since. There is one ' +
      'sync at a time, whatever the number of replicas and workspaces. After one that was accepted and did not fail ' +
      'another is refused for an hour (429 with `Retry-After`).',
    type: RegistrySyncRequestedResponse,
  })
  request(@Scope() scope: WorkspaceScope): Promise<RegistrySyncRequestedResponse> {
    return this.sync.request(scope);
  }

  @Get()
  @SignedIn()
  @Endpoint({
    id: 'getRegistrySync',
    summary: 'Get state and progress of the sync',
    type: RegistrySyncResponse,
  })
  status(): Promise<RegistrySyncResponse> {
    return this.sync.status();
  }
}
