import { Injectable } from '@nestjs/common';
import { roleMay } from '#access';
import { Clock, type WorkspaceScope } from '#kernel';
import { productVersion } from '../../platform/product-version.js';
import type { AuxStatusResponse } from './dto/aux-status.response.js';
import type { CrewshipdResponse } from './dto/crewshipd.response.js';
import type { KeeperResponse } from './dto/keeper.response.js';
import type { LicenseResponse } from './dto/license.response.js';
import type { RuntimeResponse } from './dto/runtime.response.js';
import type { VersionResponse } from './dto/version.response.js';
import { SystemRepository } from './system.repository.js';

/** Facts of this instance. What it does not have (a container runtime, a keeper, a daemon) it says so. */
@Injectable()
export class SystemService {
  readonly #startedAt: Date;

  constructor(
    private readonly repository: SystemRepository,
    private readonly clock: Clock,
  ) {
    this.#startedAt = clock.now();
  }

  /** Whether agents can run here; administrators of the named workspace also see the serving process. */
  runtime(scope: WorkspaceScope | null): RuntimeResponse {
    const none = { available: false, runtime: null, version: null, socket: null, runtimes: [], install_links: {} };
    if (!scope || !roleMay(scope.role, 'manage')) return none;
    const uptimeMs = this.clock.now().getTime() - this.#startedAt.getTime();
    const server = {
      node_version: process.versions.node,
      started_at: this.#startedAt.toISOString(),
      uptime_seconds: Math.max(0, Math.floor(uptimeMs / 1_000)),
    };
    return { ...none, server };
  }

  /** The community licence. Its numbers are what clients expect to read; nothing is refused beyond them. */
  license(): LicenseResponse {
    return {
      edition: 'community',
      license_id: 'community',
      licensee_org: '',
      max_crews: 15,
      max_agents_per_crew: 10,
      max_members: 5,
      features: [],
      enforced: false,
    };
  }

  /** There is no keeper. */
  keeper(): KeeperResponse {
    return {
      enabled: false,
      status: 'disabled',
      reason: 'This instance has no keeper; agents get the credentials that they are granted',
    };
  }

  /** There are no auxiliary models. */
  auxStatus(): AuxStatusResponse {
    return { slots: [] };
  }

  /** There is no daemon. */
  crewshipd(): CrewshipdResponse {
    return { status: 'unreachable', reason: 'No crewshipd daemon belongs to this instance' };
  }

  /** What is running. */
  async version(): Promise<VersionResponse> {
    return {
      current: productVersion,
      latest: null,
      newer: false,
      url: null,
      commit: null,
      build_time: null,
      dirty: false,
      go_version: null,
      node_version: process.versions.node,
      os: process.platform,
      arch: process.arch,
      schema_version: await this.repository.findSchemaVersion(),
    };
  }
}
