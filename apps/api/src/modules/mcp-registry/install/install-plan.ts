import { unreachable } from '#kernel';
import type { ServerDraft } from '../../server-settings/server-settings.types.js';
import type { InstallAnswers, Piece } from './install-answers.js';
import type { InstallableWay } from './installable-way.js';
import { commandOf, type PackageCommand } from './package-command.js';
import { connectionOf, type RemoteConnection } from './remote-connection.js';

/** Writes pieces as one text, secrets as references. */
export type PieceWriter = (pieces: readonly Piece[]) => string;

/** What will be stored, before secrets have a place. */
export interface InstallPlan {
  /** Every text of it that is put together. */
  texts: Piece[][];
  /** Endpoint of a remote that asks for no credential at all; null otherwise. */
  openEndpoint: string | null;
  /** The settings of the server. */
  write(text: PieceWriter): Omit<ServerDraft, 'name'>;
}

/** How a way becomes a server, as far as the answers go. */
export function planOf(way: InstallableWay, answers: InstallAnswers): InstallPlan {
  switch (way.kind) {
    case 'package':
      return planOfCommand(commandOf(way.one, answers));
    case 'remote':
      return planOfRemote(connectionOf(way.remote, answers));
    default:
      return unreachable(way);
  }
}

function planOfCommand({ command, args, env }: PackageCommand): InstallPlan {
  return {
    texts: [...args, ...env.values()],
    openEndpoint: null,
    write: (text) => ({
      transport: 'stdio',
      command,
      argsJson: JSON.stringify(args.map(text)),
      envJson: env.size === 0 ? null : objectOf(env, text),
    }),
  };
}

function planOfRemote({ endpoint, headers, isBare }: RemoteConnection): InstallPlan {
  return {
    texts: [endpoint, ...headers.values()],
    openEndpoint: isBare ? endpoint.map(({ text }) => text).join('') : null,
    write: (text) => ({
      transport: 'streamable-http',
      endpoint: text(endpoint),
      configJson: headers.size === 0 ? null : `{"headers":${objectOf(headers, text)}}`,
    }),
  };
}

function objectOf(members: ReadonlyMap<string, Piece[]>, text: PieceWriter): string {
  return JSON.stringify(Object.fromEntries([...members].map(([name, pieces]) => [name, text(pieces)])));
}
