import { Injectable } from '@nestjs/common';
import { ComposioClient } from '#composio';
import type { WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { composioCatalogueErrors } from './composio-catalogue.errors.js';
import {
  toAuthConfigResponse,
  toToolkitResponse,
  toToolResponse,
  toTriggerResponse,
  toTriggerTypeResponse,
  toUsers,
} from './composio-catalogue.mapper.js';
import { blankFields, filtersOf } from './composio-parameters.js';
import type { ComposioInventoryResponse } from './dto/composio-inventory.response.js';
import type { ComposioToolkitsQuery, ComposioToolsQuery, ComposioTriggersQuery } from './dto/composio-list.query.js';
import type { ComposioToolkitsResponse } from './dto/composio-toolkits.response.js';
import type { ComposioToolsResponse } from './dto/composio-tools.response.js';
import type { ComposioActiveTriggersResponse, ComposioTriggerTypesResponse } from './dto/composio-triggers.response.js';

/** What can be read at Composio. Without a key everything is empty, before any parameter is looked at. */
@Injectable()
export class ComposioCatalogueService {
  constructor(
    private readonly keys: ComposioKeys,
    private readonly composio: ComposioClient,
  ) {}

  /** Every auth config and every connected account of the project. */
  async inventory(scope: WorkspaceScope): Promise<ComposioInventoryResponse> {
    const access = await this.keys.forWorkspace(scope);
    if (access === null) return { enabled: false, auth_configs: [], users: [] };
    const [authConfigs, accounts] = await both(
      this.composio.listAuthConfigs(access),
      this.composio.listConnectedAccounts(access),
    );
    return { enabled: true, auth_configs: authConfigs.map(toAuthConfigResponse), users: toUsers(accounts) };
  }

  /** Apps that can be connected. */
  async toolkits(scope: WorkspaceScope, query: ComposioToolkitsQuery): Promise<ComposioToolkitsResponse> {
    const access = await this.keys.forWorkspace(scope);
    if (access === null) return { enabled: false, total: 0, toolkits: [] };
    const { search, category, limit } = query;
    const { items, total } = await this.composio.listToolkits(access, { ...filtersOf({ search, category }), limit });
    return { enabled: true, total, toolkits: items.map(toToolkitResponse) };
  }

  /** Tools of one app. */
  async tools(scope: WorkspaceScope, query: ComposioToolsQuery): Promise<ComposioToolsResponse> {
    const access = await this.keys.forWorkspace(scope);
    if (access === null) return { enabled: false, total: 0, tools: [] };
    const { search, limit } = query;
    const { toolkit } = filtersOf({ toolkit: query.toolkit.trim() });
    if (toolkit === undefined) {
      const fields = blankFields({ toolkit: query.toolkit }, 'toolkit is required');
      throw composioCatalogueErrors.toolkitRequired({ fields });
    }
    const { items, total } = await this.composio.listTools(access, { toolkit, ...filtersOf({ search }), limit });
    return { enabled: true, total, tools: items.map(toToolResponse) };
  }

  /** Kinds of triggers, of one app or of all. */
  async triggerTypes(scope: WorkspaceScope, query: ComposioTriggersQuery): Promise<ComposioTriggerTypesResponse> {
    const access = await this.keys.forWorkspace(scope);
    if (access === null) return { enabled: false, total: 0, triggers: [] };
    const { search, limit } = query;
    const filters = filtersOf({ toolkit: query.toolkit.trim(), search });
    const { items, total } = await this.composio.listTriggerTypes(access, { ...filters, limit });
    return { enabled: true, total, triggers: items.map(toTriggerTypeResponse) };
  }

  /** Every trigger that fires. */
  async activeTriggers(scope: WorkspaceScope): Promise<ComposioActiveTriggersResponse> {
    const access = await this.keys.forWorkspace(scope);
    if (access === null) return { enabled: false, triggers: [] };
    const triggers = await this.composio.listActiveTriggers(access);
    return { enabled: true, triggers: triggers.map(toTriggerResponse) };
  }
}

// Where both fail, the first one's error is the answer, whichever came first.
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
