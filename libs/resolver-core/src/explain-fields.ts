import type { Candidate } from './candidates.js';
import type { SettledServer } from './decide.js';
import type { FieldName, ShadowedValue } from './explanation.types.js';
import { defaultOrigin, type Origin } from './origin.js';
import type { CredentialSource } from './settle-credential.js';
import type { SettledSettings } from './settle-fields.js';

/** Where every field of a settled server comes from. */
export function provenanceOf(settled: SettledServer): Record<FieldName, Origin> {
  const { candidate, settings, credential } = settled;
  const own: Origin = { level: candidate.scope, rowId: candidate.id, rule: 'own' };
  const named = credential ? originOf(credential.source, candidate) : defaultOrigin;
  const unless = (value: unknown): Origin => (value === null ? defaultOrigin : named);
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
    credentialId: settled.withheld.includes('credential_id') ? { ...own, rule: 'withheld' } : named,
    credType: unless(credential?.source.credType ?? null),
    credHeader: unless(credential?.source.credHeader ?? null),
    envVarName: unless(credential?.source.envVarName ?? null),
  };
}

function originOf({ level, rowId }: CredentialSource, { crew }: Candidate): Origin {
  if (level === 'agent') return { level, rowId, rule: 'binding' };
  return { level, rowId, rule: level === 'workspace' && crew !== null ? 'inherited' : 'own' };
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

function shadowedCredential({ credential, credentialSources }: SettledServer): ShadowedValue[] {
  return credentialSources
    .filter((source) => source !== credential?.source)
    .map(({ level, rowId }) => ({ field: 'credentialId', member: null, level, rowId }));
}
