import type { Secret } from '#kernel';
import { type JsonValue, listReferences, renderTemplate, type TemplateValues } from '#vault';
import type { ServerProblem, ServerProblemCode } from './server-access.types.js';

/** What is said of a secret that a privileged container does not get. */
export const heldBack = 'is held back, as all secrets are from privileged containers';

const mostShown = 3;
const longestField = 200;

/** Values for texts, and whether there are none on purpose. */
export interface TextValues extends TemplateValues {
  /** True: all secrets are held back, which is another problem than a missing one. */
  withheld: boolean;
  /** Why the credential of that name cannot be used, where it is there and cannot. */
  whyUnusable(name: string): string | null;
}

/** Renders texts and notes what they lack. */
export class TextRendering {
  readonly problems: ServerProblem[] = [];

  constructor(private readonly values: TextValues) {}

  /** The text with all values in place; null, and a problem more, when one is missing. */
  text(text: string, field: string): Secret | null {
    const result = renderTemplate(text, this.values);
    if (result.ok) return result.value;
    this.#lacking(field, result.missing);
    return null;
  }

  #lacking(field: string, missing: readonly string[]): void {
    const reason = missing
      .flatMap(listReferences)
      .map(({ name }) => this.values.whyUnusable(name))
      .find(isReason);
    const references = missing.map((each) => (each.startsWith('{{sealed:') ? 'a sealed value' : each));
    const shown = references.slice(0, mostShown).join(', ') + (references.length > mostShown ? ' and more' : '');
    const needs = `${shortened(field)} needs ${shown}`;
    if (this.values.withheld) this.add('credentials_withheld', field, `${needs}, which ${heldBack}`, references);
    else if (reason) this.add('credential_unusable', field, `${needs}. ${reason}`, references);
    else {
      const what = 'is not there, or not for this agent; create the credential or change the setting';
      this.add('value_missing', field, `${needs}, which ${what}`, references);
    }
  }

  /** The JSON value with every string rendered; of no use when problems were added. */
  json(value: JsonValue, field: string): JsonValue {
    if (typeof value === 'string') return this.text(value, field)?.reveal() ?? '';
    if (Array.isArray(value)) return value.map((item, index) => this.json(item, `${field}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.json(item, `${field}.${key}`)]));
  }

  /** Notes a problem. The message must not hold a value. */
  add(code: ServerProblemCode, field: string, message: string, references: readonly string[] = []): void {
    this.problems.push({ code, field: shortened(field), message, references });
  }
}

function isReason(reason: string | null): reason is string {
  return reason !== null;
}

// Names in paths and references come from people, who may have written long ones.
function shortened(field: string): string {
  return field.length > longestField ? `${field.slice(0, longestField)}…` : field;
}
