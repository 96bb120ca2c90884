/** What a placeholder stands for. */
export type TemplateReference =
  | { kind: 'field'; key: string }
  | { kind: 'derived'; key: string }
  | { kind: 'instance_url' };

/** One piece of a template. */
export type TemplatePart = { kind: 'text'; text: string } | { kind: 'reference'; reference: TemplateReference };

/** A template as it was read, or why it is none. */
export type TemplateReading = { ok: true; parts: TemplatePart[] } | { ok: false; fault: string };

const reference = /^(?:(field|derived)\.([a-z][a-z0-9_]*)|instance_url)$/;

/** Reads a template. A `$` without `{` is plain text. */
export function readTemplate(text: string): TemplateReading {
  if (/\p{Cc}/u.test(text)) return { ok: false, fault: 'control characters are not allowed' };
  if (text.includes('{{')) return { ok: false, fault: '"{{" is reserved for references to credentials' };
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('${', at);
    if (open !== at) parts.push({ kind: 'text', text: text.slice(at, open === -1 ? undefined : open) });
    if (open === -1) break;
    const close = text.indexOf('}', open);
    if (close === -1) return { ok: false, fault: 'unclosed placeholder' };
    const read = readReference(text.slice(open + 2, close));
    if (typeof read === 'string') return { ok: false, fault: read };
    parts.push({ kind: 'reference', reference: read });
    at = close + 1;
  }
  return { ok: true, parts };
}

/** What the parts refer to, in order, repetitions included. */
export function referencesOf(parts: readonly TemplatePart[]): TemplateReference[] {
  return parts.flatMap((part) => (part.kind === 'reference' ? [part.reference] : []));
}

function readReference(token: string): TemplateReference | string {
  const match = reference.exec(token);
  if (match === null) {
    return /^[\w-]+(\.[\w-]+)*$/.test(token) && !/^(field|derived)\./.test(token)
      ? `unsupported namespace in "\${${token}}"; use field., derived. or instance_url`
      : `malformed "\${${token.slice(0, 64)}}"`;
  }
  const [, namespace, key = ''] = match;
  if (namespace === 'field' || namespace === 'derived') return { kind: namespace, key };
  return { kind: 'instance_url' };
}
