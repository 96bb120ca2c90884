/** What is wrong with a piece of text that was meant as a reference. */
export type TemplateFault = 'unclosed' | 'no_colon' | 'empty_name' | 'name_too_long' | 'control_character' | 'unknown';

/** One piece of a text with references. `source` of all parts joined is the text; `position` counts UTF-16 units from 0. */
export type TemplatePart =
  | { kind: 'text'; source: string; position: number }
  | { kind: 'credential'; source: string; position: number; name: string }
  | { kind: 'sealed'; source: string; position: number; body: string }
  | { kind: 'malformed'; source: string; position: number; fault: TemplateFault };

const maxNameLength = 255;
const opening = /\{\{\s{0,32}([A-Za-z][\w-]{0,63})\s{0,32}(:?)/y;
const content = /[^{}]*/y;

/**
 * Cuts a text into plain parts and references in one pass, in time linear in its length.
 * `{{word}}` and `{{ anything else }}` are plain text, so that other template languages pass through;
 * `{{credential…`, `{{sealed…` and `{{word:…}}` are references, well formed or not.
 */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let plainFrom = 0;
  let at = text.indexOf('{{');
  while (at !== -1) {
    const part = referenceAt(text, at);
    if (part !== null) {
      if (at > plainFrom) parts.push(plain(text, plainFrom, at));
      parts.push(part);
      plainFrom = at + part.source.length;
    }
    at = text.indexOf('{{', part === null ? at + 1 : plainFrom);
  }
  if (plainFrom < text.length) parts.push(plain(text, plainFrom, text.length));
  return parts;
}

function plain(text: string, from: number, to: number): TemplatePart {
  return { kind: 'text', source: text.slice(from, to), position: from };
}

function referenceAt(text: string, position: number): TemplatePart | null {
  opening.lastIndex = position;
  const match = opening.exec(text);
  if (match === null) return null;
  const [head, word = '', colon] = match;
  const known = /^(credentials?|sealed)$/i.test(word);
  if (!known && colon === '') return null;
  content.lastIndex = position + head.length;
  const body = content.exec(text)?.[0] ?? '';
  const end = position + head.length + body.length;
  const closed = text.startsWith('}}', end);
  if (!known && !closed) return null;
  const source = text.slice(position, closed ? end + 2 : end);
  const fault = closed ? faultOf(word, colon, body) : 'unclosed';
  if (fault !== null) return { kind: 'malformed', source, position, fault };
  if (word === 'sealed') return { kind: 'sealed', source, position, body };
  return { kind: 'credential', source, position, name: body.trim() };
}

function faultOf(word: string, colon: string | undefined, body: string): TemplateFault | null {
  if (word !== 'credential' && word !== 'sealed') return 'unknown';
  if (colon === '') return 'no_colon';
  const name = body.trim();
  if (name === '') return 'empty_name';
  if ([...name].length > maxNameLength && word === 'credential') return 'name_too_long';
  return /\p{Cc}/u.test(name) ? 'control_character' : null;
}
