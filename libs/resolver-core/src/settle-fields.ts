import type { Candidate } from './candidates.js';
import { defaultOrigin, type Settled } from './origin.js';
import type { Nullable, ServerSettings, Transport } from './rows.types.js';

/** The settings that are inherited as a whole, each with its origin. `configJson` is merged, see `settle-config.ts`. */
export type SettledSettings = {
  [K in Exclude<keyof ServerSettings, 'configJson'>]: Settled<ServerSettings[K]>;
};

/** Connection fields that mean nothing under a transport. */
const foreign: Readonly<Record<Transport, readonly (keyof ServerSettings)[]>> = {
  'streamable-http': ['command', 'argsJson'],
  stdio: ['endpoint'],
};

/** Settles every setting but the config: the crew row's value, else the workspace row's, else the default. */
export function settleSettings(candidate: Candidate): SettledSettings {
  return {
    displayName: orDefault(inherit(candidate, 'displayName'), candidate.name),
    transport: orDefault(inherit(candidate, 'transport'), 'streamable-http'),
    endpoint: inherit(candidate, 'endpoint'),
    command: inherit(candidate, 'command'),
    argsJson: inherit(candidate, 'argsJson'),
    envJson: inherit(candidate, 'envJson'),
    icon: inherit(candidate, 'icon'),
    kind: orDefault(inherit(candidate, 'kind'), 'custom'),
  };
}

function inherit<K extends keyof ServerSettings>(
  { workspace, crew }: Candidate,
  field: K,
): Settled<ServerSettings[K] | null> {
  const changes: Nullable<ServerSettings> | null = crew;
  const own = changes === null ? null : changes[field];
  if (crew !== null && own !== null) return { value: own, origin: { level: 'crew', rowId: crew.id, rule: 'own' } };
  const below = workspace?.[field] ?? null;
  if (workspace === null || below === null) return { value: null, origin: defaultOrigin };
  if (crew === null) return { value: below, origin: { level: 'workspace', rowId: workspace.id, rule: 'own' } };
  const changed = crew.transport !== null && crew.transport !== workspace.transport;
  if (changed && foreign[crew.transport ?? workspace.transport].includes(field)) {
    return { value: null, origin: { level: 'crew', rowId: crew.id, rule: 'not_applicable' } };
  }
  return { value: below, origin: { level: 'workspace', rowId: workspace.id, rule: 'inherited' } };
}

function orDefault<T>({ value, origin }: Settled<T | null>, fallback: T): Settled<T> {
  return { value: value ?? fallback, origin };
}
