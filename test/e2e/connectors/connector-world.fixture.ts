import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** A manifest as a test writes it. */
export type ManifestDraft = Record<string, unknown> & { id: string };

/** A folder of manifests for `CONNECTORS_DIR`. */
export interface ManifestFolder {
  path: string;
  remove(): void;
}

/** Writes a folder of manifests; texts stand in files as they are, drafts with what every manifest needs. */
export function manifestFolder(drafts: readonly ManifestDraft[], texts: Record<string, string> = {}): ManifestFolder {
  const path = mkdtempSync(join(tmpdir(), 'connectors-'));
  for (const draft of drafts) {
    writeFileSync(join(path, `${draft.id}.yaml`), stringify({ name: `The ${draft.id}`, auth_mode: 'pat', ...draft }));
  }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(path, name), text);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A required password field. */
export const tokenField = { key: 'token', label: 'Token', type: 'password', required: true };

/** A server on loopback that records what it was asked. */
export interface Upstream {
  origin: string;
  requests: IncomingMessage[];
  close(): void;
}

/** Starts a server on loopback. */
export async function startUpstream(listener: RequestListener): Promise<Upstream> {
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}
