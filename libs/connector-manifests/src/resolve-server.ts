import {
  clearText,
  isVoid,
  type ResolutionFault,
  resolveTemplate,
  type TemplateSource,
  writeParts,
} from './resolve-template.js';

/** An HTTP server of a manifest with its secrets in clear: for one call, never to be stored. */
export interface ClearHttpServer {
  url: string;
  headers: Record<string, string>;
}

/** The URL and headers of a call. Headers whose values are all empty are left out, as in an installed server. */
export function resolveHttp(
  source: TemplateSource,
  templates: { url: string; headers?: Readonly<Record<string, string>> },
): ({ ok: true } & ClearHttpServer) | ResolutionFault {
  const url = resolveTemplate(source, templates.url, 'url');
  if (!url.ok) return url;
  const headers: [string, string][] = [];
  for (const [name, template] of Object.entries(templates.headers ?? {})) {
    const value = writeParts(source, template, 'header');
    if (!value.ok) return value;
    if (!isVoid(value.parts)) headers.push([name, clearText(value.parts)]);
  }
  return { ok: true, url: url.text, headers: Object.fromEntries(headers) };
}
