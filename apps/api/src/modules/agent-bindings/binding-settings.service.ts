import { Injectable } from '@nestjs/common';
import { raise, type WorkspaceScope } from '#kernel';
import { blankToNullIfGiven } from '../server-settings/connection-rules.js';
import { ServerCredentialService } from '../server-settings/server-credential.service.js';
import { ServerSettingsService } from '../server-settings/server-settings.service.js';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import { agentBindingErrors } from './agent-bindings.errors.js';
import type { BoundServer } from './agent-bindings.types.js';
import { requireHeaderName, requireVariableName } from './binding-names.js';
import { type BindableAgent, BindingParentsRepository } from './binding-parents.repository.js';

/** The members of a body that are judged before they are stored; undefined stays as it is. */
export interface SentBinding {
  credential_id?: string | null;
  cred_header?: string | null;
  env_var_name?: string | null;
  config_override_json?: string | null;
}

/** The row that is written, and what it holds now; null for one that is being created. */
export interface BindingTarget {
  id: string;
  /** Crew of the agent. */
  crewId: string | null;
  stored: { configOverrideJson: string | null; sealedLiterals: string | null } | null;
}

/** Columns that may be stored; undefined stays. */
export interface PreparedBinding {
  credentialId?: string | null;
  credHeader?: string | null;
  envVarName?: string | null;
  configOverrideJson?: string | null;
  sealedLiterals?: string | null;
}

/** The rules for what may be written into a binding. */
@Injectable()
export class BindingSettingsService {
  constructor(
    private readonly settings: ServerSettingsService,
    private readonly parents: BindingParentsRepository,
    private readonly credentials: ServerCredentialService,
  ) {}

  /** A live agent that keeps its existence until the transaction ends. @throws AppError 404. */
  async holdAgent(scope: WorkspaceScope, agentId: string): Promise<BindableAgent> {
    return (await this.parents.holdAgent(scope, agentId)) ?? raise(agentBindingErrors.agentNotFound());
  }

  /**
   * @throws AppError 400 unless the server is one of the workspace's or of the given crew, the agent's own; 409 for one that
   * was made for an agent's Composio apps.
   */
  async holdServer(scope: WorkspaceScope, server: BoundServer, crewId: string | null): Promise<void> {
    const origin = await this.parents.holdServer(scope, server, crewId);
    if (origin === 'composio') throw agentBindingErrors.serverManaged();
    if (origin !== null) return;
    const message = 'No such server for this agent';
    const fields = [{ field: 'mcp_server_id', code: 'not_found', message }];
    throw server.scope === 'crew'
      ? agentBindingErrors.crewServerNotFound({ fields })
      : agentBindingErrors.workspaceServerNotFound({ fields });
  }

  /**
   * Makes the members fit to be stored: blank ones are none, secret literals of the override are sealed.
   * @throws AppError 400 for a credential that the agent may not have, a name that is not allowed, or a malformed override.
   */
  async prepare(
    scope: WorkspaceScope,
    sent: SentBinding,
    target: BindingTarget,
  ): Promise<{ columns: PreparedBinding; warnings: SettingsWarning[] }> {
    const credentialId = blankToNullIfGiven(sent.credential_id);
    if (typeof credentialId === 'string' && !(await this.credentials.hold(scope, credentialId, target.crewId))) {
      const message = 'No such credential for this agent';
      throw agentBindingErrors.credentialNotFound({ fields: [{ field: 'credential_id', code: 'not_found', message }] });
    }
    const credHeader = blankToNullIfGiven(sent.cred_header);
    if (typeof credHeader === 'string') requireHeaderName(credHeader);
    const envVarName = blankToNullIfGiven(sent.env_var_name);
    if (typeof envVarName === 'string') requireVariableName(envVarName);
    const { configOverrideJson, sealedLiterals, warnings } = await this.#override(scope, sent, target);
    return { columns: { credentialId, credHeader, envVarName, configOverrideJson, sealedLiterals }, warnings };
  }

  async #override(scope: WorkspaceScope, sent: SentBinding, { id, stored }: BindingTarget) {
    const { columns, warnings } = await this.settings.prepare(
      scope,
      { configJson: sent.config_override_json },
      {
        owner: { kind: 'binding', rowId: id },
        place: { workspaceId: scope.workspaceId, table: 'agent_bindings', column: 'sealed_literals', rowId: id },
        stored: stored && {
          envJson: null,
          configJson: stored.configOverrideJson,
          sealedLiterals: stored.sealedLiterals,
        },
      },
    );
    const named = warnings.map((warning) => ({ ...warning, field: 'config_override_json' }));
    return { configOverrideJson: columns.configJson, sealedLiterals: columns.sealedLiterals, warnings: named };
  }
}
