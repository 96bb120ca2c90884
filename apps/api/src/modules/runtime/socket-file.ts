import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { createConnection } from 'node:net';
import { internalSocketErrors } from './internal-socket.errors.js';

// `sun_path` has 108 bytes on Linux and 104 elsewhere, the closing NUL included.
const mostBytes = process.platform === 'linux' ? 107 : 103;
const ownerOnly = 0o600;
const patienceMs = 1_000;

/**
 * Listens on a Unix socket that only this user may use (mode 0600, from its first moment on). The file that a process left
 * behind which did not end in order is removed; one that answers is left alone.
 * @throws AppError `internal_socket.*` that says what is in the way.
 */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  if (Buffer.byteLength(path) > mostBytes) throw internalSocketErrors.tooLong({ params: { path, most: mostBytes } });
  await clearPath(path);
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // The file is made before this call returns, hence under the mask above.
      server.listen({ path }, resolve);
      process.umask(before);
    });
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'EADDRINUSE') throw internalSocketErrors.inUse({ cause, params: { path } });
    throw internalSocketErrors.notOpened({ cause, params: { path, code } });
  } finally {
    process.umask(before);
  }
  chmodSync(path, ownerOnly);
}

async function clearPath(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket()) throw internalSocketErrors.notASocket({ params: { path } });
  if (await isAnswered(path)) throw internalSocketErrors.inUse({ params: { path } });
  // Another process may have put its own there meanwhile; then listening fails, and that says so.
  if (lstatSync(path, { throwIfNoEntry: false })?.ino === found.ino) unlinkSync(path);
}

// Whatever is not plainly refused counts as alive: a busy process must not lose its socket.
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection({ path });
    const settle = (answered: boolean): void => {
      probe.destroy();
      resolve(answered);
    };
    probe.setTimeout(patienceMs, () => settle(true));
    probe.once('connect', () => settle(true));
    probe.once('error', (error) => settle(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(error))));
  });
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
}
