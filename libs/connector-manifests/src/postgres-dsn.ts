import { Secret } from '#kernel';
import { writeSlot } from './slot-values.js';
import { type SslMode, sslModes } from './ssl-modes.js';
import { permittedOptions } from './template-slots.js';

/** A PostgreSQL server and how to sign in to it. */
export interface PostgresTarget {
  host: string;
  port: number;
  user: string;
  password: Secret;
  database: string;
  sslMode: SslMode;
}

/** What a connection string says, or why it says nothing usable. The reason repeats nothing of it. */
export type DsnReading = { ok: true; target: PostgresTarget } | { ok: false; reason: string };

/**
 * Reads a PostgreSQL connection URI with one host. Options that would read files of this machine, or that are not known,
 * are refused; defaults of libpq that come from the environment do not exist.
 */
export function readPostgresDsn(dsn: string): DsnReading {
  if (/[\p{Cc}\s]/u.test(dsn) || !/^postgres(ql)?:\/\//.test(dsn) || !URL.canParse(dsn)) {
    return refused('is not a postgres:// connection string');
  }
  const url = new URL(dsn);
  if (url.hash !== '' || dsn.includes('#')) return refused('must have no fragment');
  const stranger = [...url.searchParams.keys()].find((name) => !permittedOptions('postgres').includes(name));
  if (stranger !== undefined)
    return refused(`must not set options other than ${permittedOptions('postgres').join(', ')}`);
  const sslMode = sslModes.find((mode) => mode === (url.searchParams.get('sslmode') ?? 'prefer'));
  if (sslMode === undefined) return refused(`must have an sslmode out of ${sslModes.join(', ')}`);
  const parts = [url.hostname, url.username, url.password, url.pathname.slice(1)].map(decoded);
  const [host, user, password, path] = parts;
  if (host === undefined || user === undefined || password === undefined || path === undefined) {
    return refused('has a broken percent-encoding');
  }
  if (!writeSlot('whole_host', host).ok) return refused('must have one host name or address');
  if (user === '') return refused('must have a user');
  const port = url.port === '' ? 5_432 : Number(url.port);
  if (port < 1) return refused('must have a port from 1 to 65535');
  const target = { host: host.replace(/^\[|\]$/g, ''), port, user, password: new Secret(password), sslMode };
  return { ok: true, target: { ...target, database: path || user } };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function refused(reason: string): DsnReading {
  return { ok: false, reason };
}
