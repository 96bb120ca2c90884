import { Injectable } from '@nestjs/common';
import { type ComposioAccess, ComposioClient } from '#composio';
import { AppConfig } from '#config';
import type { LateBody } from '#http';
import { AppError, type WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { ComposioWorkspacesRepository } from './composio-workspaces.repository.js';
import { DefaultProvisioningService } from './default-provisioning.service.js';
import type { ComposioDefaultResponse } from './dto/composio-default.response.js';
import type { UpdateComposioDefaultDto } from './dto/update-composio-default.dto.js';
import { ProjectChangesService } from './project-changes.service.js';

/** The server at Composio for every agent that has no apps of its own. */
@Injectable()
export class DefaultConnectorService {
  constructor(
    private readonly keys: ComposioKeys,
    private readonly client: ComposioClient,
    private readonly workspaces: ComposioWorkspacesRepository,
    private readonly provisioning: DefaultProvisioningService,
    private readonly projects: ProjectChangesService,
    private readonly config: AppConfig,
  ) {}

  /** How it stands. Numbers that Composio does not tell now are 0. */
  async get(scope: WorkspaceScope): Promise<ComposioDefaultResponse> {
    const [access, stored] = await Promise.all([this.#accessIfAny(scope), this.workspaces.findDefault(scope)]);
    return {
      enabled_flag: this.config.composio.defaultConnector,
      default_user_id: stored?.userId ?? '',
      default_mcp_server_id: stored?.upstreamId ?? '',
      connected_user_count: access ? await this.#countUsers(access) : 0,
      project_changed: stored && access ? await this.projects.concern(access, stored) : false,
    };
  }

  /** Sets it up, or brings its apps up to date. A body that is no JSON object counts as none. @throws AppError 400 without key, account or app; 502; 409 when busy. */
  async update(scope: WorkspaceScope, body: LateBody<UpdateComposioDefaultDto>): Promise<ComposioDefaultResponse> {
    const access = await this.keys.require(scope);
    await this.provisioning.provision(scope, access, givenUser(body));
    return this.get(scope);
  }

  /** Unsets it. Works without a key. @throws AppError 409 when busy. */
  async remove(scope: WorkspaceScope): Promise<ComposioDefaultResponse> {
    await this.provisioning.remove(scope, await this.#accessIfAny(scope));
    return this.get(scope);
  }

  async #countUsers(access: ComposioAccess): Promise<number> {
    const accounts = await orNull(this.client.listConnectedAccounts(access));
    return new Set((accounts ?? []).map(({ userId }) => userId)).size;
  }

  #accessIfAny(scope: WorkspaceScope): Promise<ComposioAccess | null> {
    return orNull(this.keys.forWorkspace(scope));
  }
}

// Nothing has to be said, so what is no JSON object says nothing.
function givenUser(body: LateBody<UpdateComposioDefaultDto>): string {
  try {
    body.parse();
  } catch (error) {
    if (error instanceof AppError && error.code === 'http.invalid_json') return '';
    throw error;
  }
  return (body.read().user_id ?? '').trim();
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
