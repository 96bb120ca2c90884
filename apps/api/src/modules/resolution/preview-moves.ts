import type { CrewServerRow, ResolutionInput, WorkspaceServerRow } from '#resolver-core';
import type { Connection } from '../server-settings/connection-rules.js';
import { movedSecretFaults, secretsThatWouldMove } from '../server-settings/moved-secrets-rules.js';
import { integrationErrors } from '../workspace-integrations/workspace-integrations.errors.js';

/** A change of a stored server row that is tried out. */
export interface TriedChange {
  stored: WorkspaceServerRow | CrewServerRow | undefined;
  /** What the change sets. */
  fields: Partial<CrewServerRow>;
  /** Members whose sealed values it leaves as they are. */
  kept: readonly string[];
}

/** @throws AppError `integration.secrets_would_move`, as the real change would. */
export function refuseMovingSecrets({ stored, fields, kept }: TriedChange, input: ResolutionInput): void {
  if (stored === undefined) return;
  const members = secretsThatWouldMove({
    from: connectionOf(stored, input),
    to: connectionOf({ ...stored, ...fields }, input),
    kept,
    credentialId: stored.credentialId,
    givenCredentialId: fields.credentialId,
  });
  if (members.length === 0) return;
  throw integrationErrors.secretsWouldMove({
    params: { members: members.join(', ') },
    fields: movedSecretFaults(members),
  });
}

function connectionOf(row: Partial<CrewServerRow>, { workspaceServers }: ResolutionInput): Connection {
  const linked = workspaceServers.find(({ id }) => id === row.workspaceServerId);
  return {
    transport: row.transport ?? linked?.transport ?? 'streamable-http',
    endpoint: row.endpoint ?? linked?.endpoint ?? null,
    command: row.command ?? linked?.command ?? null,
  };
}
