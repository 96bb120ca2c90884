import { createHash } from 'node:crypto';
import type { Secret } from '#kernel';

const longestName = 200;

/** A secret that stood in a server or an agent and travels as a credential of its own. */
export interface LiteralCredential {
  name: string;
  /** Opens the value; called only for encrypted bundles. */
  open: () => Promise<Secret | null>;
}

/**
 * Gives the secrets of servers, bindings and agents names: in a bundle they are credentials, so that a file never holds
 * `***` that nobody can fill in. Equal places get equal names, whatever the ids.
 */
export class BundleLiterals {
  readonly #taken: Set<string>;
  readonly credentials: LiteralCredential[] = [];

  constructor(credentialNames: Iterable<string>) {
    this.#taken = new Set(credentialNames);
  }

  /** A text of a row with a reference in the place of each of its sealed literals. */
  referenced(text: string | null, at: string, open: (path: string) => Promise<Secret | null>): string | null {
    if (text === null || !text.includes('{{sealed:')) return text;
    return text.replace(/\{\{sealed:[a-z]+:[\w-]+:([^{}\s"\\]+)\}\}/g, (_, path: string) =>
      this.reference(`${at}/${path.replace(':', '/')}`, () => open(path)),
    );
  }

  /** The reference that stands for a secret at a place. */
  reference(place: string, open: () => Promise<Secret | null>): string {
    const name = this.#nameOf(place);
    this.credentials.push({ name, open });
    return `{{credential:${name}}}`;
  }

  // Braces and control characters end a reference; JSON texts are written around the name, so nothing of theirs either.
  #nameOf(place: string): string {
    const plain = place.replace(/[^\p{L}\p{N}/_.%@ -]/gu, '_').trim();
    const digest = createHash('sha256').update(place).digest('hex').slice(0, 12);
    const base = plain.length <= longestName ? plain : `${plain.slice(0, longestName)}-${digest}`;
    let name = base;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}-${count}`;
    this.#taken.add(name);
    return name;
  }
}
