import type { OutboundHeaders } from '#egress';
import { Secret } from '#kernel';

/** Makes the words of a server fit to show: no invisible characters, nothing that was sent to it, a bounded length. */
export class UpstreamText {
  readonly #sent: readonly string[];

  constructor(headers: OutboundHeaders, endpoint: URL) {
    const sent = new Set<string>();
    for (const value of Object.values(headers)) {
      if (value instanceof Secret) collect(value.reveal(), 4, sent);
      else collect(value, 6, sent);
    }
    for (const value of endpoint.searchParams.values()) collect(value, 6, sent);
    // Some servers take their key as a part of the path.
    for (const part of endpoint.pathname.split('/')) collect(part, 20, sent);
    // The longest first, so that a part does not spoil the whole.
    this.#sent = [...sent].sort((a, b) => b.length - a.length);
  }

  /** One line of at most `maxLength` characters; what was sent in headers, query or long parts of the path reads `***`. */
  line(text: string, maxLength = 200): string {
    return this.#clean(text.replace(/\s+/g, ' '), maxLength).trim();
  }

  /** Like {@link line}, with line breaks and tabs kept. */
  lines(text: string, maxLength: number): string {
    return this.#clean(text, maxLength).trim();
  }

  #clean(text: string, maxLength: number): string {
    let clean = text.replace(/[^\P{C}\n\t]/gu, '');
    for (const value of this.#sent) clean = clean.replaceAll(value, '***');
    if (clean.length <= maxLength) return clean;
    // Half a character cannot be stored, and would read as changed ever after.
    return `${clean.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
  }
}

// Words shorter than `least` are ordinary text: hiding them would garble every message.
function collect(value: string, least: number, into: Set<string>): void {
  const words = value.split(/[\s,;=]+/);
  for (const word of [value, ...words, ...words.map(decodeBasic)].filter((each) => each.length >= least)) {
    for (const form of [word, encodeURIComponent(word), JSON.stringify(word).slice(1, -1)]) into.add(form);
  }
}

function decodeBasic(word: string): string {
  const decoded = Buffer.from(word, 'base64').toString('utf8');
  return /^[\x20-\x7e]+$/.test(decoded) ? (decoded.split(':').pop() ?? '') : '';
}
