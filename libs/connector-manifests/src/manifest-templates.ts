import type { Manifest } from './manifest.schema.js';
import { type Place } from './template-slots.js';

/** One template of a manifest, and where it stands. */
export interface PlacedTemplate {
  /** Member of the manifest, dots between levels. */
  path: string;
  text: string;
  place: Place;
  /** Whether the installed server is made of it. */
  installed: boolean;
}

/** Every template of a manifest. */
export function listTemplates(manifest: Manifest): PlacedTemplate[] {
  const { mcp, verify, oauth, derived } = manifest;
  const http = verify?.http;
  return [
    ...(mcp.args ?? []).map((text, index) => placed(`mcp.args.${index}`, text, 'argument', true)),
    ...entries('mcp.env', mcp.env, 'variable', true),
    ...single('mcp.endpoint', mcp.endpoint, 'url', true),
    ...entries('mcp.headers', mcp.headers, 'header', true),
    ...entries('derived', derived, 'derived', false),
    ...single('verify.http.url', http?.url, 'url', false),
    ...entries('verify.http.headers', http?.headers, 'header', false),
    ...single('verify.sql.dsn', verify?.sql?.dsn, 'dsn', false),
    ...single('oauth.authorization_url', oauth?.authorization_url, 'url', false),
    ...single('oauth.token_url', oauth?.token_url, 'url', false),
  ];
}

function placed(path: string, text: string, place: Place, installed: boolean): PlacedTemplate {
  return { path, text, place, installed };
}

function single(path: string, text: string | undefined, place: Place, installed: boolean): PlacedTemplate[] {
  return text === undefined ? [] : [placed(path, text, place, installed)];
}

function entries(
  path: string,
  texts: Readonly<Record<string, string>> | undefined,
  place: Place,
  installed: boolean,
): PlacedTemplate[] {
  return Object.entries(texts ?? {}).map(([name, text]) => placed(`${path}.${name}`, text, place, installed));
}
