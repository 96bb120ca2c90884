import type { AgentBindingRow, Change, CrewServerRow, ResolutionInput, WorkspaceServerRow } from '#resolver-core';
import { earlierLiterals, extractLiterals, type LiteralOwner, parseArgsJson } from '#vault';
import { keptSecrets } from '../server-settings/kept-secrets-rules.js';
import type { PreviewBindingFieldsDto, PreviewServerFieldsDto } from './dto/preview-changes.dto.js';
import type { PreviewChangeDto } from './dto/preview-resolution.dto.js';
import { refuseMovingSecrets } from './preview-moves.js';

/**
 * Changes as the cascade takes them: checked as the real writes would check them, with secret literals taken out, so
 * that the answer shows `***` for them too.
 * @throws AppError 400 for malformed JSON, references or variables.
 */
export function toChanges(changes: readonly PreviewChangeDto[], input: ResolutionInput): Change[] {
  return changes.map((change) => toChange(change, input));
}

function toChange(change: PreviewChangeDto, input: ResolutionInput): Change {
  switch (change.target) {
    case 'workspace_integration': {
      const { target, op, id } = change;
      if (op === 'delete') return { target, op, id };
      const stored = input.workspaceServers.find((row) => row.id === id);
      const { fields, kept } = serverFields(change.fields ?? {}, { kind: 'workspace', rowId: id }, stored);
      const settable = withoutNullWords(fields);
      refuseMovingSecrets({ stored, fields: settable, kept }, input);
      return { target, op, id, fields: settable };
    }
    case 'crew_integration': {
      const { target, op, id } = change;
      if (op === 'delete') return { target, op, id };
      const stored = input.crewServers.find((row) => row.id === id);
      const { fields, kept } = serverFields(change.fields ?? {}, { kind: 'crew', rowId: id }, stored);
      refuseMovingSecrets({ stored, fields, kept }, input);
      return { target, op, id, fields };
    }
    case 'agent_binding': {
      const { target, op, id } = change;
      if (op === 'delete') return { target, op, id };
      const stored = input.bindings.find((row) => row.id === id);
      return { target, op, id, fields: bindingFields(change.fields ?? {}, id, stored) };
    }
    case 'tool': {
      const { target, op, scope, name, server_id: serverId } = change;
      if (op === 'delete') return { target, op, scope, serverId, name };
      return { target, op, scope, serverId, name, fields: defined({ enabled: change.fields?.enabled }) };
    }
  }
}

function serverFields(
  fields: PreviewServerFieldsDto,
  owner: LiteralOwner,
  stored: { envJson: string | null; configJson: string | null } | undefined,
): { fields: Partial<CrewServerRow & { locked: boolean }>; kept: string[] } {
  if (typeof fields.args_json === 'string') parseArgsJson(fields.args_json);
  const earlier = earlierLiterals({ env_json: stored?.envJson, config_json: stored?.configJson }, owner);
  const texts = extractLiterals({ env_json: fields.env_json, config_json: fields.config_json }, owner, earlier);
  const settable = defined({
    name: fields.name,
    workspaceServerId: fields.workspace_mcp_server_id === '' ? null : fields.workspace_mcp_server_id,
    displayName: fields.display_name,
    transport: fields.transport,
    endpoint: fields.endpoint,
    command: fields.command,
    argsJson: fields.args_json,
    envJson: texts.env_json,
    configJson: texts.config_json,
    icon: fields.icon,
    enabled: fields.enabled,
    locked: fields.locked,
    visibility: fields.visibility,
    credentialId: fields.credential_id === '' ? null : fields.credential_id,
    credType: fields.cred_type,
    credHeader: fields.cred_header === '' ? null : fields.cred_header,
    envVarName: fields.env_var_name === '' ? null : fields.env_var_name,
  });
  return { fields: settable, kept: keptSecrets({ owner, stored: stored ?? null }, texts) };
}

// In a workspace row these have no "inherit": null counts as absent, as in the real PATCH.
function withoutNullWords(fields: Partial<CrewServerRow & { locked: boolean }>): Partial<WorkspaceServerRow> {
  const { workspaceServerId: _link, displayName, transport, visibility, kind, ...rest } = fields;
  return defined({
    ...rest,
    displayName: displayName ?? undefined,
    transport: transport ?? undefined,
    visibility: visibility ?? undefined,
    kind: kind ?? undefined,
  });
}

function bindingFields(
  fields: PreviewBindingFieldsDto,
  id: string,
  stored: AgentBindingRow | undefined,
): Partial<AgentBindingRow> {
  const owner = { kind: 'binding', rowId: id } as const;
  const earlier = earlierLiterals({ config_json: stored?.configOverrideJson }, owner);
  const texts = extractLiterals({ config_json: fields.config_override_json }, owner, earlier);
  return defined({
    serverId: fields.mcp_server_id,
    scope: fields.mcp_server_scope,
    enabled: fields.enabled,
    credentialId: fields.credential_id === '' ? null : fields.credential_id,
    credType: fields.cred_type,
    credHeader: fields.cred_header,
    envVarName: fields.env_var_name === '' ? null : fields.env_var_name,
    configOverrideJson: texts.config_json,
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
