import type { Socket } from 'node:net';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import { Client } from 'pg';
import type { PostgresTarget, SslMode } from '#connector-manifests';
import { unreachable } from '#kernel';

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

// A name or an address in the certificate must be the host that was asked for. The driver itself names no host to Node for
// IP addresses, which would then be compared with "localhost".
function serverCertificate(encryption: Exclude<Encryption, false>, host: string): ConnectionOptions {
  switch (encryption) {
    case 'unverified':
      return { rejectUnauthorized: false };
    case 'authority':
      return { rejectUnauthorized: true, checkServerIdentity: () => undefined };
    case 'full':
      return {
        rejectUnauthorized: true,
        checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
      };
    default:
      return unreachable(encryption);
  }
}

/**
 * A client of one connection that was opened elsewhere. Nothing of it comes from the environment: the driver would take
 * `PG…` variables and password files for whatever it is not told.
 */
export class GivenSocketClient extends Client {
  constructor(
    private readonly target: PostgresTarget,
    socket: Socket,
    { encryption, ca }: { encryption: Encryption; ca: string | undefined },
  ) {
    super({
      host: target.host,
      port: target.port,
      user: target.user,
      database: target.database,
      // A function, so that an empty password does not send the driver to its password file.
      password: () => target.password.reveal(),
      stream: () => alreadyConnected(socket),
      ssl: encryption === false ? false : { ...serverCertificate(encryption, target.host), ca },
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
