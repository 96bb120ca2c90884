import { type FieldValues, isSecretField, type Manifest } from '#connector-manifests';

const leastLength = 4;

/** Makes what a provider said fit to be shown: one short line without anything that was submitted. */
export class ProviderWords {
  readonly #masked: readonly string[];
  readonly #silent: boolean;

  constructor(manifest: Manifest, values: FieldValues) {
    const secrets = new Set((manifest.fields ?? []).filter(isSecretField).map(({ key }) => key));
    const given = [...values].filter(([, value]) => value !== '');
    // What is too short to be masked without garbling every word could stand anywhere.
    this.#silent = given.some(([key, value]) => secrets.has(key) && value.length < leastLength);
    const forms = given.filter(([, value]) => value.length >= leastLength).flatMap(([, value]) => formsOf(value));
    // The longest first, so that a part does not spoil the whole.
    this.#masked = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  /** One line of at most `maxLength` characters; submitted values read `***`. */
  line(text: string, maxLength = 300): string {
    if (this.#silent) return '';
    let line = text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '');
    for (const form of this.#masked) line = line.replaceAll(form, '***');
    line = line.trim();
    return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
  }

  /** A sentence, and what the provider said where it said anything. */
  after(sentence: string, text: string): string {
    const line = this.line(text);
    return line === '' ? sentence : `${sentence}: ${line}`;
  }
}

// As sent, as URLs, JSON and Basic credentials write it, and as white space is folded here.
function formsOf(value: string): string[] {
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  const forms = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), base64];
  return [...forms, value.replace(/\s+/g, ' ')].filter((form) => form.length >= leastLength);
}
