import { type Decision, decide, type SettledServer } from './decide.js';
import { explainConfig } from './explain-config.js';
import { provenanceOf, shadowedFields } from './explain-fields.js';
import type { ExplainedCredential, ExplainedServer, Explanation } from './explanation.types.js';
import { referencesOf } from './references.js';
import { effectiveServer, notOffered } from './resolve.js';
import { uniqueBy } from './row-index.js';
import type { CredentialRow, ResolutionInput } from './rows.types.js';
import { configSourcesOf } from './settle-config.js';
import type { SettledCredential } from './settle-credential.js';
import { connectorWarnings, strayBindingWarnings, warningsOf } from './warnings.js';

/**
 * The answer of {@link resolve} with its reasons: the origin of every field, what was overridden, the state of every
 * credential that is named, and what will not work. Both are drawn from one decision and cannot disagree.
 * @throws AppError `resolver.unreadable_config`, exactly when `resolve` does.
 */
export function explain(input: ResolutionInput, now: Date): Explanation {
  const decision = decide(input, now);
  const byName = liveByName(decision);
  return {
    servers: decision.servers.map((settled) => explained(settled, byName, now)),
    notOffered: decision.refused.map(notOffered),
    warnings: [...strayBindingWarnings(input), ...connectorWarnings(input, decision.index, now)],
  };
}

function explained(
  settled: SettledServer,
  credentialsByName: ReadonlyMap<string, CredentialRow>,
  now: Date,
): ExplainedServer {
  const server = effectiveServer(settled);
  const config = explainConfig(configSourcesOf(settled.candidate));
  const credential = explainedCredential(settled.credential);
  const references = referencesOf(server, credentialsByName, now);
  return {
    server,
    provenance: provenanceOf(settled),
    configMembers: config.members,
    shadowed: [...shadowedFields(settled), ...config.shadowed],
    credential,
    tools: settled.tools,
    references,
    warnings: warningsOf({ server, credential, references }, settled),
  };
}

function explainedCredential(settled: SettledCredential | null): ExplainedCredential | null {
  if (settled === null) return null;
  const { row, state, reason, source } = settled;
  const { credentialId: id, level, rowId } = source;
  return { id, name: row?.name ?? null, state, reason, level, rowId, bindingId: level === 'agent' ? rowId : null };
}

function liveByName({ index }: Decision): Map<string, CredentialRow> {
  const live = [...index.credentials.values()].filter((row) => !row.deleted);
  return uniqueBy(live, (row) => row.name);
}
