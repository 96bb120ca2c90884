import type { SettledServer } from './decide.js';
import type { FieldName, ShadowedValue } from './explanation.types.js';
import { defaultOrigin, type Origin } from './origin.js';
import type { SettledSettings } from './settle-fields.js';

/** Where every field of a settled server comes from. */
export function provenanceOf(settled: SettledServer): Record<FieldName, Origin> {
  const { candidate, settings, credential } = settled;
  const own: Origin = { level: candidate.scope, rowId: candidate.id, rule: 'own' };
  const binding: Origin = credential
    ? { level: 'agent', rowId: credential.binding.id, rule: 'binding' }
    : defaultOrigin;
  const unless = (value: unknown): Origin => (value === null ? defaultOrigin : binding);
  return {
    name: own,
    enabled: own,
    visibility: settled.visibility.origin,
    displayName: settings.displayName.origin,
    transport: settings.transport.origin,
    endpoint: settings.endpoint.origin,
    command: settings.command.origin,
    argsJson: settings.argsJson.origin,
    envJson: settings.envJson.origin,
    configJson: settled.configJson.origin,
    icon: settings.icon.origin,
    kind: settings.kind.origin,
    credentialId: binding,
    credType: binding,
    credHeader: unless(credential?.binding.credHeader ?? null),
    envVarName: unless(credential?.binding.envVarName ?? null),
  };
}

/** Which rows' values a nearer row replaced, the config's members excepted. */
export function shadowedFields(settled: SettledServer): ShadowedValue[] {
  return [...shadowedSettings(settled), ...shadowedVisibility(settled), ...shadowedCredential(settled)];
}

function shadowedSettings({ candidate, settings }: SettledServer): ShadowedValue[] {
  const { workspace, crew } = candidate;
  if (workspace === null || crew === null) return [];
  const fields: FieldName[] = [];
  if (workspace.name !== crew.name) fields.push('name');
  if (workspace.enabled !== crew.enabled) fields.push('enabled');
  for (const field of Object.keys(settings) as (keyof SettledSettings)[]) {
    if (settings[field].origin.level === 'crew' && workspace[field] !== null) fields.push(field);
  }
  return fields.map((field) => ({ field, member: null, level: 'workspace', rowId: workspace.id }));
}

function shadowedVisibility({ candidate: { workspace, crew }, visibility }: SettledServer): ShadowedValue[] {
  if (workspace === null || crew === null || crew.visibility === null) return [];
  const loser = visibility.origin.level === 'crew' ? workspace : crew;
  const level = loser === crew ? 'crew' : 'workspace';
  return [{ field: 'visibility', member: null, level, rowId: loser.id }];
}

function shadowedCredential({ credential, bindings }: SettledServer): ShadowedValue[] {
  return bindings
    .filter((binding) => binding.credentialId !== null && binding !== credential?.binding)
    .map((binding) => ({ field: 'credentialId', member: null, level: 'agent', rowId: binding.id }));
}
