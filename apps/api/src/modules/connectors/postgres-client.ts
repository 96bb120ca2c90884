import type { Socket } from 'node:net';
import { Client } from 'pg';
import type { PostgresTarget, SslMode } from '#connector-manifests';

/** How one connection is encrypted; false: not at all. */
export type Encryption = false | 'unverified' | 'authority' | 'full';

/** The connections that an `sslmode` tries, in order (libpq, 32.19.3). A later one is tried when an earlier one fails. */
export const attemptsOf: Readonly<Record<SslMode, readonly Encryption[]>> = {
  disable: [false],
  allow: [false, 'unverified'],
  prefer: ['unverified', false],
  require: ['unverified'],
  'verify-ca': ['authority'],
  'verify-full': ['full'],
};

const serverCertificate = {
  unverified: { rejectUnauthorized: false },
  authority: { rejectUnauthorized: true, checkServerIdentity: () => undefined },
  full: { rejectUnauthorized: true },
};

/**
 * A client of one connection that was opened elsewhere. Nothing of it comes from the environment: the driver would take
 * `PG…` variables and password files for whatever it is not told.
 */
export class GivenSocketClient extends Client {
  constructor(
    private readonly target: PostgresTarget,
    socket: Socket,
    encryption: Encryption,
  ) {
    super({
      host: target.host,
      port: target.port,
      user: target.user,
      database: target.database,
      // A function, so that an empty password does not send the driver to its password file.
      password: () => target.password.reveal(),
      stream: () => alreadyConnected(socket),
      ssl: encryption === false ? false : { ...serverCertificate[encryption] },
      client_encoding: 'UTF8',
      ...{ sslnegotiation: 'postgres' },
    });
  }

  /** What the driver sends first; made here, since its own also reads `PGOPTIONS` and `PGAPPNAME`. */
  getStartupConf(): Record<string, string> {
    const { user, database } = this.target;
    return { user, database, application_name: 'crewship-verify', client_encoding: 'UTF8' };
  }
}

// The driver connects its stream itself; this one is connected, to the address that was checked.
function alreadyConnected(socket: Socket): Socket {
  const connect = () => {
    process.nextTick(() => socket.emit('connect'));
    return socket;
  };
  return Object.defineProperty(socket, 'connect', { value: connect });
}
