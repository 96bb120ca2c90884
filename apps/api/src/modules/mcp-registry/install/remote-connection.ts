import type { RegistryRemote } from '../registry-entry.schema.js';
import { templateTokens, urlVariables } from '../registry-variables.js';
import { type InstallAnswers, type Piece, plain } from './install-answers.js';

/** Where a remote is, and what is sent to it. */
export interface RemoteConnection {
  endpoint: Piece[];
  headers: Map<string, Piece[]>;
  /** Whether it asks for nothing that could be a credential: it is open, or it wants OAuth. */
  isBare: boolean;
}

/** A remote with its variables filled in. Values in its URL are escaped, except where they are the address itself. */
export function connectionOf(remote: RegistryRemote, answers: InstallAnswers): RemoteConnection {
  const variables = urlVariables(remote);
  const endpoint = templateTokens(remote.url).flatMap((token, place): Piece[] => {
    if ('text' in token) return [plain(token.text)];
    const input = variables[token.variable];
    const piece = input ? answers.read(token.variable, input) : null;
    // `{base_url}/mcp`: the whole result is judged as an address before it is stored.
    return piece ? [place === 0 ? piece : { ...piece, text: escaped(piece.text) }] : [];
  });
  const headers = new Map<string, Piece[]>();
  for (const template of remote.headers) {
    const value = answers.fill({ name: template.name, template }, true);
    if (value !== null) headers.set(template.name, value);
  }
  const isBare = remote.headers.length === 0 && !answers.asked.some(({ is_secret }) => is_secret);
  return { endpoint, headers, isBare };
}

// A reference stands for a value that was escaped when it was stored, or is its owner's to escape.
function escaped(text: string): string {
  return /^\{\{.*\}\}$/.test(text) ? text : encodeURIComponent(text);
}
