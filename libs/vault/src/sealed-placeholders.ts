import { parseTemplate } from './template.js';

/** Kinds of rows that hold sealed literals: a workspace's server, a crew's server, an agent's binding. */
export const literalOwnerKinds = ['workspace', 'crew', 'binding'] as const;

/** The row whose sealed column holds a literal. It goes into the placeholder, so rows of several levels may be merged. */
export interface LiteralOwner {
  kind: (typeof literalOwnerKinds)[number];
  /** Id of the row: `A-Z a-z 0-9 _ -`. */
  rowId: string;
}

/**
 * Names a literal within its row: `env:GITHUB_TOKEN`, `headers:authorization` (lower case: header names have no case) or
 * `config:oauth.client_secret` (keys and array positions, each percent-encoded, dots between).
 */
export type LiteralPath = string;

/** A `{{sealed:<owner kind>:<row id>:<path>}}` that stands in stored text for a sealed literal. */
export interface SealedPlaceholder {
  owner: LiteralOwner;
  path: LiteralPath;
}

/** What a sealed literal looks like in every public answer, and what sent back means "as it was". */
export const mask = '***';

const shape = /^(workspace|crew|binding):([A-Za-z0-9_-]+):((?:env|headers|config):[^{}\s"\\]+)$/;

/**
 * The text that stands for a sealed literal. It needs no escaping inside a JSON string.
 * @throws Error when the row id or path has characters that would make it unreadable.
 */
export function placeholderOf({ owner, path }: SealedPlaceholder): string {
  const body = `${owner.kind}:${owner.rowId}:${path}`;
  if (!shape.test(body)) throw new Error(`no placeholder can be made for a ${owner.kind} row: bad row id or path`);
  return `{{sealed:${body}}}`;
}

/** Reads what stands between `{{sealed:` and `}}`; null when it is no placeholder of ours. */
export function parsePlaceholder(body: string): SealedPlaceholder | null {
  const [, kind, rowId = '', path = ''] = shape.exec(body) ?? [];
  const known = literalOwnerKinds.find((candidate) => candidate === kind);
  return known === undefined ? null : { owner: { kind: known, rowId }, path };
}

/** Every placeholder in a stored text (a JSON column or one value of it), in order. */
export function listPlaceholders(text: string): SealedPlaceholder[] {
  if (!text.includes('{{sealed:')) return [];
  return parseTemplate(text).flatMap((part) => {
    const placeholder = part.kind === 'sealed' ? parsePlaceholder(part.body) : null;
    return placeholder === null ? [] : [placeholder];
  });
}

/** The stored text as everybody but the runtime may see it: `***` for each placeholder. Costs one search without any. */
export function maskPlaceholders<T extends string | null>(text: T): T | string {
  if (text === null || !text.includes('{{sealed:')) return text;
  return text.replace(/\{\{sealed:[^{}\s"\\]*\}\}/g, mask);
}
