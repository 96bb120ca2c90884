import { Secret, unreachable } from '#kernel';
import { parsePlaceholder, type SealedPlaceholder } from './sealed-placeholders.js';
import { parseTemplate, type TemplatePart } from './template.js';

/** Gives the values that a text refers to. Load them before: both are asked synchronously, once for each occurrence. */
export interface TemplateValues {
  /** Value of the credential of that name; undefined when the agent has none that is usable. */
  credential(name: string): Secret | undefined;
  /** Sealed literal; undefined when its row holds none. Answer only for rows that were merged into this server. */
  sealed(placeholder: SealedPlaceholder): Secret | undefined;
}

/** A text with all values in place, or what it lacks. There is no half-rendered text to leak or to run. */
export type RenderResult =
  | { ok: true; value: Secret }
  /** References as written, such as `{{credential:github-token}}`, without repetitions. Shows no value. */
  | { ok: false; missing: readonly string[] };

/**
 * Replaces credentials and sealed literals in one pass. Values are inserted as they are and never looked at again: a
 * credential whose value reads `{{credential:other}}` yields those very characters.
 */
export function renderTemplate(text: string, values: TemplateValues): RenderResult {
  const missing = new Set<string>();
  const rendered = parseTemplate(text).map((part) => {
    const value = valueFor(part, values);
    if (value === undefined) missing.add(part.source);
    return value?.reveal() ?? '';
  });
  return missing.size > 0 ? { ok: false, missing: [...missing] } : { ok: true, value: new Secret(rendered.join('')) };
}

function valueFor(part: TemplatePart, values: TemplateValues): Secret | undefined {
  switch (part.kind) {
    case 'text':
      return new Secret(part.source);
    case 'credential':
      return values.credential(part.name);
    case 'sealed': {
      const placeholder = parsePlaceholder(part.body);
      return placeholder === null ? undefined : values.sealed(placeholder);
    }
    case 'malformed':
      // `{{word:…}}` may be another tool's template; a broken reference of ours must not reach a server as it is.
      return part.fault === 'unknown' ? new Secret(part.source) : undefined;
    default:
      return unreachable(part);
  }
}
