import { type Candidate, candidatesOf, enabledBindings } from './candidates.js';
import { withManagedApps } from './managed-apps.js';
import { byNameThenId } from './order.js';
import type { Settled } from './origin.js';
import { indexRows, type RowIndex } from './row-index.js';
import type { AgentBindingRow, ResolutionInput, Visibility } from './rows.types.js';
import { judged, type Refused, withUniqueNames } from './selection.js';
import { settleConfig } from './settle-config.js';
import {
  type CredentialSource,
  credentialSourcesOf,
  type SettledCredential,
  settleCredential,
} from './settle-credential.js';
import { type SettledSettings, settleSettings } from './settle-fields.js';
import { type SettledTools, settleTools } from './settle-tools.js';
import { isRedirected, withheldSecrets } from './settle-withheld.js';
import { visibilityOf } from './visibility.js';

/** Everything decided about one offered server, with the reasons. */
export interface SettledServer {
  candidate: Candidate;
  settings: SettledSettings;
  configJson: Settled<string | null>;
  visibility: Settled<Visibility>;
  credential: SettledCredential | null;
  /** Every row that names a credential, nearest first. */
  credentialSources: CredentialSource[];
  /** Secrets of the workspace row that a redirected server does not get: `credential_id` and members of the JSON texts. */
  withheld: string[];
  tools: SettledTools;
  /** This agent's enabled bindings on the server. */
  bindings: AgentBindingRow[];
}

/** The whole answer with its reasons. {@link resolve} and {@link explain} only show parts of it. */
export interface Decision {
  /** By name, then id. */
  servers: SettledServer[];
  /** By name, then id. */
  refused: Refused[];
  index: RowIndex;
}

/**
 * Runs the cascade. A further stage that adds or drops servers is one more function from selection to selection before
 * `withUniqueNames`; a server it adds is a candidate around a row of its own making.
 * @throws AppError `resolver.unreadable_config`
 */
export function decide(input: ResolutionInput, now: Date): Decision {
  const index = indexRows(input);
  const managed = withManagedApps(judged(candidatesOf(input, index), index), input.managed, index, now);
  const { offered, refused } = withUniqueNames(managed);
  return {
    servers: offered.toSorted(byNameThenId).map((candidate) => settle(candidate, index, now)),
    refused: refused.toSorted((a, b) => byNameThenId(a.candidate, b.candidate)),
    index,
  };
}

function settle(candidate: Candidate, index: RowIndex, now: Date): SettledServer {
  const settings = settleSettings(candidate);
  const configJson = settleConfig(candidate);
  const credentialSources = credentialSourcesOf(candidate);
  const redirected = isRedirected(candidate, settings);
  const secrets = redirected ? withheldSecrets(candidate, settings.envJson, configJson) : null;
  const credentialIsWithheld = redirected && credentialSources[0]?.level === 'workspace';
  return {
    candidate,
    settings: secrets ? { ...settings, envJson: secrets.envJson } : settings,
    configJson: secrets?.configJson ?? configJson,
    visibility: visibilityOf(candidate),
    credential: settleCredential(credentialSources, redirected, index, now),
    credentialSources,
    withheld: [...(credentialIsWithheld ? ['credential_id'] : []), ...(secrets?.members ?? [])],
    tools: settleTools(candidate, index),
    bindings: enabledBindings(candidate),
  };
}
