import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { CredentialCreationService } from '../../credentials/credential-creation.service.js';
import { crewIntegrationErrors } from '../../crew-integrations/crew-integrations.errors.js';
import type { Piece } from './install-answers.js';
import { InstallContextRepository } from './install-context.repository.js';

/** The server that secrets are for. */
export interface SecretOwner {
  /** Name of the integration. */
  name: string;
  crewId: string | null;
}

/** Puts the secrets of a new server into credentials of their own. Runs in the caller's transaction. */
@Injectable()
export class InstallSecretsService {
  constructor(
    private readonly credentials: CredentialCreationService,
    private readonly context: InstallContextRepository,
  ) {}

  /**
   * Stores every secret among the pieces, each once, and answers what writes a text: secrets as references to their
   * credentials. In a crew they are limited to it.
   * @throws AppError 404 for a crew that is not the workspace's, as creating its server would.
   */
  async store(
    scope: WorkspaceScope,
    owner: SecretOwner,
    pieces: readonly Piece[],
  ): Promise<(text: readonly Piece[]) => string> {
    if (owner.crewId !== null && !(await this.context.hasCrew(scope, owner.crewId))) {
      throw crewIntegrationErrors.crewNotFound();
    }
    const wanted = new Map(pieces.flatMap((piece) => (piece.secret === null ? [] : [[keyOf(piece), piece] as const])));
    const taken = new Set(await this.context.findTaken(scope, owner.name));
    const references = new Map<string, string>();
    for (const [key, { secret, text }] of wanted) {
      const name = freeName(`${owner.name} ${secret ?? ''}`, taken);
      taken.add(name.toLowerCase());
      await this.credentials.create(scope, {
        name,
        value: text,
        type: 'SECRET',
        description: `Asked for by the MCP server ${owner.name}`,
        ...(owner.crewId !== null && { crew_id: owner.crewId }),
      });
      references.set(key, `{{credential:${name}}}`);
    }
    return (text) => text.map((piece) => references.get(keyOf(piece)) ?? piece.text).join('');
  }
}

// One variable may stand in a URL, where it is escaped, and in a header.
function keyOf({ secret, text }: Piece): string {
  return secret === null ? '' : `${secret}\n${text}`;
}

// Braces would end a reference early.
function freeName(wish: string, taken: ReadonlySet<string>): string {
  const base = wish
    .replace(/[{}\p{Cc}]/gu, '')
    .slice(0, 240)
    .trim();
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
