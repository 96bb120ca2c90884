const secretName =
  /token|secret|password|passwd|credential_value|api_?key|authorization|cookie|private|sealed|hash$|^value$/i;
const longText = 500;

/** A copy fit for an audit row: members that may hold secrets and opaque JSON texts are `***`, long texts are cut. */
export function redacted(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(name, value)]));
}

/** The members that differ, as `{name: {from, to}}`, redacted. Members that are undefined in `after` are unchanged. */
export function redactedDiff(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, { from: unknown; to: unknown }> {
  const diff: Record<string, { from: unknown; to: unknown }> = {};
  for (const [name, to] of Object.entries(after)) {
    const from = before[name] ?? null;
    if (to === undefined || name === 'updatedAt' || same(from, to)) continue;
    diff[name] = { from: shown(name, from), to: shown(name, to) };
  }
  return diff;
}

// JSON texts (`env_json`, `config_json`, `args_json`) and prompts can hold anything, so only their change is told.
const opaque = /json$|config$|prompts?$|forms$/i;

function shown(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (secretName.test(name) && typeof value !== 'boolean') return '***';
  if (opaque.test(name) && typeof value === 'string') return '***';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return value.length > longText ? `${value.slice(0, longText)}…` : value;
  if (Array.isArray(value)) return value.map((item) => shown(name, item));
  return typeof value === 'object' ? redacted(value as Record<string, unknown>) : value;
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}
