import { type Candidate, enabledBindings } from './candidates.js';
import type { JsonValue } from './json.js';
import { mergePatch } from './merge-patch.js';
import { defaultOrigin, type Origin, type Settled } from './origin.js';
import { resolverErrors } from './resolver.errors.js';

/** One row's say in a server's config. */
export interface ConfigSource {
  text: string;
  origin: Origin;
  /** True when the text is laid over other rows (RFC 7396), so that its nulls remove members. */
  isPatch: boolean;
  column: 'config_json' | 'config_override_json';
}

/** Every row with a say in the config, in the order in which they are merged: workspace, crew, then the bindings. */
export function configSourcesOf(candidate: Candidate): ConfigSource[] {
  const { workspace, crew } = candidate;
  const sources: ConfigSource[] = [];
  const add = (
    text: string | null,
    origin: Origin,
    isPatch: boolean,
    column: ConfigSource['column'] = 'config_json',
  ) => {
    if (text !== null) sources.push({ text, origin, isPatch, column });
  };
  if (workspace !== null) {
    const rule = crew === null ? 'own' : 'inherited';
    add(workspace.configJson, { level: 'workspace', rowId: workspace.id, rule }, false);
  }
  if (crew !== null) add(crew.configJson, { level: 'crew', rowId: crew.id, rule: 'own' }, workspace !== null);
  for (const { id, configOverrideJson } of enabledBindings(candidate)) {
    add(configOverrideJson, { level: 'agent', rowId: id, rule: 'binding' }, true, 'config_override_json');
  }
  return sources;
}

/**
 * Merges the config of all levels. Where one row alone has a say its text passes through unread, which is also why a
 * fault in it does not show here.
 * @throws AppError `resolver.unreadable_config` when texts must be merged and one is not JSON.
 */
export function settleConfig(candidate: Candidate): Settled<string | null> {
  const sources = configSourcesOf(candidate);
  const nearest = sources.at(-1);
  if (nearest === undefined) return { value: null, origin: defaultOrigin };
  if (sources.length === 1 && passesUnread(nearest)) return { value: nearest.text, origin: nearest.origin };
  const origin: Origin = sources.length === 1 ? nearest.origin : { ...nearest.origin, rule: 'merged' };
  return { value: mergedText(sources, nearest), origin };
}

// A patch without the letters "null" has no null in it, so laying it over nothing would change nothing.
function passesUnread({ isPatch, text }: ConfigSource): boolean {
  return !isPatch || !text.includes('null');
}

function mergedText(sources: readonly ConfigSource[], nearest: ConfigSource): string | null {
  let merged: JsonValue | undefined;
  for (const source of sources) merged = guarded(source, () => applied(merged, source));
  // Text nested too deep to be written is a fault like text that cannot be read.
  return merged === null ? null : guarded(nearest, () => JSON.stringify(merged));
}

function applied(target: JsonValue | undefined, { text, isPatch }: ConfigSource): JsonValue {
  const value: JsonValue = JSON.parse(text);
  return isPatch ? mergePatch(target, value) : value;
}

function guarded<T>(source: ConfigSource, work: () => T): T {
  try {
    return work();
  } catch {
    throw unreadable(source);
  }
}

// The parser's own message quotes the text, which may hold a secret: it must not become the cause.
function unreadable({ origin, column }: ConfigSource) {
  const row = origin.level === 'agent' ? `agent binding ${origin.rowId}` : `${origin.level} server ${origin.rowId}`;
  return resolverErrors.unreadableConfig({ params: { column, row }, details: { column, rowId: origin.rowId } });
}
