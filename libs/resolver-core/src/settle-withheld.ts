import type { Candidate } from './candidates.js';
import { destinationOf } from './destination.js';
import type { Settled } from './origin.js';
import type { SettledSettings } from './settle-fields.js';

/** Texts of a server without the secrets that were given for another destination. */
export interface WithheldSecrets {
  envJson: Settled<string | null>;
  configJson: Settled<string | null>;
  /** Members that were taken out, such as `config_json.headers.authorization`. */
  members: string[];
}

const placeholder = /\{\{sealed:(workspace|crew|binding):([A-Za-z0-9_-]+):(env|headers|config):([^{}\s"\\]+)\}\}/g;
const columns: Record<string, string> = { env: 'env_json', headers: 'config_json.headers', config: 'config_json' };

/** Whether the crew row sends the server to another place than the workspace row, whose secrets were not given for it. */
export function isRedirected({ workspace, crew }: Candidate, { transport, endpoint }: SettledSettings): boolean {
  if (workspace === null || crew === null) return false;
  return destinationOf(workspace) !== destinationOf({ transport: transport.value, endpoint: endpoint.value });
}

/**
 * Takes the sealed literals of the workspace row, and of the agent's binding on it, out of a redirected server: who may
 * write a crew row must not get secrets of the workspace sent to a host of their own. Members that hold one go as a whole.
 */
export function withheldSecrets(
  { workspace, workspaceBinding }: Candidate,
  envJson: Settled<string | null>,
  configJson: Settled<string | null>,
): WithheldSecrets {
  const owners = new Set([`workspace:${workspace?.id}`, `binding:${workspaceBinding?.id}`]);
  const members: string[] = [];
  const cleared = ({ value, origin }: Settled<string | null>) => ({ value: without(value, owners, members), origin });
  return { envJson: cleared(envJson), configJson: cleared(configJson), members };
}

function without(text: string | null, owners: ReadonlySet<string>, members: string[]): string | null {
  const found = membersOf(text ?? '', owners);
  if (found.length === 0) return text;
  members.push(...found);
  const kept: unknown = parsedWithout(text ?? '', (value) => membersOf(value, owners).length > 0);
  return kept === undefined ? null : JSON.stringify(kept);
}

function membersOf(text: string, owners: ReadonlySet<string>): string[] {
  if (!text.includes('{{sealed:')) return [];
  return Array.from(text.matchAll(placeholder))
    .filter(([, kind, rowId]) => owners.has(`${kind}:${rowId}`))
    .map(([, , , column, path]) => `${columns[column ?? '']}.${path}`);
}

// Text that cannot be read, or is nested too deep to be, is withheld as a whole.
function parsedWithout(text: string, isSecret: (value: string) => boolean): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) =>
      typeof value === 'string' && isSecret(value) ? undefined : value,
    );
  } catch {
    return undefined;
  }
}
