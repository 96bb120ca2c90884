import { AppError, defineErrors } from '#kernel';
import { Prisma } from './generated/client.js';

/** What the database's own failures are answered with. */
export const databaseErrors = defineErrors('database', {
  unavailable: {
    kind: 'unavailable',
    message: 'The database cannot be reached at the moment. Nothing was changed; try again shortly.',
  },
  duplicate: { kind: 'conflict', message: 'A row with these values exists already' },
  missing: { kind: 'not_found', message: 'Not Found' },
});

/** SQL states of a connection that cannot be used: class 08, admin shutdown, crash, starting up, too many connections. */
const connectionStates = /^(08...|57P0[1-5]|53300)$/;
const connectionCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH']);
const adapterKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TlsConnectionError',
]);
const prismaConnectionCodes = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028']);
const connectionWords =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** The house's error for a failure of the database that no repository expected; null when it is something else. */
export function translateDatabaseError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (isConnectionFailure(error)) {
    return databaseErrors.unavailable({ cause: error, headers: { 'Retry-After': '2' } });
  }
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (error.code === 'P2002') return databaseErrors.duplicate({ cause: error });
    if (error.code === 'P2025') return databaseErrors.missing({ cause: error });
  }
  return null;
}

/** Whether the failure is a broken unique constraint. `fragment` narrows it to constraints or columns whose name holds it. */
export function isUniqueViolation(error: unknown, fragment = ''): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return false;
  return fragment === '' || JSON.stringify(error.meta ?? {}).includes(fragment);
}

/** Whether the database aborted a transaction that may simply be run again. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034') return true;
  return chainOf(error).some((link) => ['40P01', '40001', 'TransactionWriteConflict'].includes(link.code));
}

function isConnectionFailure(error: unknown): boolean {
  return chainOf(error).some(
    (link) =>
      connectionStates.test(link.code) ||
      connectionCodes.has(link.code) ||
      prismaConnectionCodes.has(link.code) ||
      adapterKinds.has(link.code) ||
      connectionWords.test(link.message),
  );
}

interface ErrorLink {
  code: string;
  message: string;
}

// Prisma wraps the driver's error differently per path, so every link and every known place of a code is looked at.
function chainOf(error: unknown): ErrorLink[] {
  const links: ErrorLink[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && links.length < 16) {
    const next = queue.shift();
    if (typeof next !== 'object' || next === null) continue;
    const at = next as Record<string, unknown>;
    for (const code of [at.code, at.originalCode, at.errorCode, at.kind]) {
      if (typeof code === 'string') links.push({ code, message: '' });
    }
    if (typeof at.message === 'string') links.push({ code: '', message: at.message });
    queue.push(at.cause, at.meta, at.driverAdapterError);
  }
  return links;
}
