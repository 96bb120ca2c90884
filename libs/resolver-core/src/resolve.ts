import { decide, type SettledServer } from './decide.js';
import type { EffectiveServer, NotOffered, Resolution } from './resolution.types.js';
import type { ResolutionInput } from './rows.types.js';
import type { Refused } from './selection.js';
import { sentenceOf } from './sentences.js';

/**
 * What an agent has at the instant `now`, and what it does not have and why. Pure: the same rows give the same answer,
 * in whatever order they come.
 *
 * - A crew row changes the workspace row it is linked to or, unlinked, the one of its name. Null settings are inherited;
 *   `configJson` is merged (RFC 7396) over workspace row, crew row and the agent's bindings. Several crew rows may
 *   change one workspace row: each is a server of its own, and the workspace row is none beside them.
 * - Off is a default that a crew may change, off and locked is not; a disabled crew row hides what it would change.
 * - The agent's bindings on either row follow the server; a disabled one opts this agent out and touches no other.
 * - The credential is the one that the nearest row names: a binding, the crew row, the workspace row. Where a crew row sends
 *   the server to another host, the workspace row's credential and sealed values are withheld.
 * - Tools are an intersection: switched off on any row is withheld.
 * - Names are unique: the nearer level wins, then the smaller id.
 * @throws AppError `resolver.unreadable_config` when stored texts must be merged and one is not JSON: no partial answers.
 */
export function resolve(input: ResolutionInput, now: Date): Resolution {
  const { servers, refused } = decide(input, now);
  return { servers: servers.map(effectiveServer), notOffered: refused.map(notOffered) };
}

/** The values of a settled server, without the reasons. */
export function effectiveServer(settled: SettledServer): EffectiveServer {
  const { candidate, settings, credential } = settled;
  return {
    serverId: candidate.id,
    scope: candidate.scope,
    name: candidate.name,
    displayName: settings.displayName.value,
    transport: settings.transport.value,
    endpoint: settings.endpoint.value,
    command: settings.command.value,
    argsJson: settings.argsJson.value,
    envJson: settings.envJson.value,
    configJson: settled.configJson.value,
    icon: settings.icon.value,
    kind: settings.kind.value,
    credentialId: credential?.row?.id ?? null,
    credentialName: credential?.row?.name ?? null,
    credentialState: credential?.state ?? null,
    credType: credential === null ? null : (credential.source.credType ?? 'bearer'),
    credHeader: credential?.source.credHeader ?? null,
    envVarName: credential?.source.envVarName ?? null,
    tools: settled.tools.offered,
    overrides: overriddenBy(settled.candidate),
    bindingIds: settled.bindings.map((binding) => binding.id),
  };
}

/** A refused candidate as it is answered. */
export function notOffered({ candidate, refusal }: Refused): NotOffered {
  return {
    serverId: candidate.id,
    scope: candidate.scope,
    name: candidate.name,
    overrides: overriddenBy(candidate),
    rule: refusal.rule,
    decidedBy: refusal.decidedBy,
    sentence: sentenceOf(candidate, refusal),
  };
}

function overriddenBy({ workspace, crew }: SettledServer['candidate']): string | null {
  return crew === null ? null : (workspace?.id ?? null);
}
