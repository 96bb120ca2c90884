import { Body, Controller, Delete, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ComposioSettingsService } from './composio-settings.service.js';
import { ComposioSettingsResponse } from './dto/composio-settings.response.js';
import { UpdateComposioSettingsDto } from './dto/update-composio-settings.dto.js';

/** The workspace's key to Composio (seed 000, "Composio Settings"). */
@ApiTags('Composio')
@Controller('api/v1/integrations/composio/settings')
export class ComposioSettingsController {
  constructor(private readonly settings: ComposioSettingsService) {}

  @Get()
  @Access('composio:read')
  @Endpoint({
    id: 'getComposioSettings',
    summary: 'Say which key to Composio counts',
    type: ComposioSettingsResponse,
  })
  get(@Scope() scope: WorkspaceScope): Promise<ComposioSettingsResponse> {
    return this.settings.status(scope);
  }

  @Put()
  @Access('composio:manage')
  @Audited('composio_settings.update')
  @Endpoint({
    id: 'updateComposioSettings',
    summary: 'Give the workspace a key of its own to Composio',
    description:
      'Composio is asked with the new key first; one that it rejects is not stored (400). The key counts from the next ' +
      'request on, for every agent. The host is `COMPOSIO_BASE_URL` of the server.',
    type: ComposioSettingsResponse,
    errors: [400, 502],
  })
  update(@Scope() scope: WorkspaceScope, @Body() body: UpdateComposioSettingsDto): Promise<ComposioSettingsResponse> {
    return this.settings.update(scope, body);
  }

  @Delete()
  @Access('composio:manage')
  @Audited('composio_settings.delete', 'composio_default.delete')
  @Endpoint({
    id: 'deleteComposioSettings',
    summary: 'Remove the workspace’s own key to Composio',
    description:
      'Takes effect at once, with the default connector, which has to be set up anew; again changes nothing. The server’s ' +
      'key counts from then on, if there is one. Servers at Composio that are left over are listed by ' +
      '`GET /integrations/composio/leftovers`.',
    type: ComposioSettingsResponse,
  })
  remove(@Scope() scope: WorkspaceScope): Promise<ComposioSettingsResponse> {
    return this.settings.remove(scope);
  }
}
