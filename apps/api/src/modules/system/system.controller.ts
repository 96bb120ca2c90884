import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccessIfNamed, ScopeIfNamed, SignedIn } from '#access';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { AuxStatusResponse } from './dto/aux-status.response.js';
import { CrewshipdResponse } from './dto/crewshipd.response.js';
import { KeeperResponse } from './dto/keeper.response.js';
import { LicenseResponse } from './dto/license.response.js';
import { RuntimeResponse } from './dto/runtime.response.js';
import { VersionResponse } from './dto/version.response.js';
import { SystemService } from './system.service.js';

/** Facts of this instance (seed 003, "System"). */
@ApiTags('System')
@Controller('api/v1')
export class SystemController {
  constructor(private readonly system: SystemService) {}

  @Get('system/runtime')
  @AccessIfNamed('workspace:read')
  @Endpoint({
    id: 'getRuntime',
    summary: 'Tell whether agents can run on this host',
    description:
      'This control plane runs no agents, so `available` is false. Administrators of the workspace that the request names also see the serving process.',
    type: RuntimeResponse,
    errors: [403],
  })
  runtime(@ScopeIfNamed() scope: WorkspaceScope | null): RuntimeResponse {
    return this.system.runtime(scope);
  }

  @Get('system/license')
  @SignedIn()
  @Endpoint({
    id: 'getLicense',
    summary: 'Get the licence and its limits',
    description: 'The community licence. Its numbers are informative: nothing is refused beyond them.',
    type: LicenseResponse,
  })
  license(): LicenseResponse {
    return this.system.license();
  }

  @Get('system/keeper')
  @SignedIn()
  @Endpoint({
    id: 'getKeeper',
    summary: 'Tell how the keeper stands',
    description: 'Always disabled: this instance has no keeper.',
    type: KeeperResponse,
  })
  keeper(): KeeperResponse {
    return this.system.keeper();
  }

  @Get('system/aux-status')
  @SignedIn()
  @Endpoint({
    id: 'getAuxStatus',
    summary: 'List the auxiliary models by purpose',
    description: 'Always empty: this control plane calls no models.',
    type: AuxStatusResponse,
  })
  auxStatus(): AuxStatusResponse {
    return this.system.auxStatus();
  }

  @Get('system/version')
  @SignedIn()
  @Endpoint({
    id: 'getVersion',
    summary: 'Tell what is running',
    description: 'Newer releases are not looked up, so `latest` is null.',
    type: VersionResponse,
  })
  version(): Promise<VersionResponse> {
    return this.system.version();
  }

  @Get('crewshipd')
  @SignedIn()
  @Endpoint({
    id: 'getCrewshipd',
    summary: 'Tell how the daemon stands',
    description: 'Answers 200 with `status: unreachable`: no daemon belongs to this instance, and that is no failure.',
    type: CrewshipdResponse,
  })
  crewshipd(): CrewshipdResponse {
    return this.system.crewshipd();
  }
}
