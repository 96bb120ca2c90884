import { Injectable } from '@nestjs/common';
import { AppError, Clock, type Secret, type WorkspaceScope } from '#kernel';
import type { EffectiveServer } from '#resolver-core';
import { credentialNamesIn, type LiteralOwner, parseConfigJson, type SealedPlace, unpackLiterals, Vault } from '#vault';
import { type OpenedValues, valuesFor, valuesForBlob, withheldValues } from './opened-values.js';
import { literalOwnersOf, namesIn, ownerKey, type ParsedServer, parseServer } from './parsed-server.js';
import { renderBlob } from './rendered-blob.js';
import { renderServer } from './rendered-server.js';
import { type FoundValues, SealedValuesRepository, type WantedValues } from './sealed-values.repository.js';
import { serverAccessErrors } from './server-access.errors.js';
import type { AccessWish, PreparedAccess, PreparedServer, SealedLiterals } from './server-access.types.js';

/** Where an HTTP server is, and what is sent to it, values in place. */
export interface ServerAccess {
  endpoint: string | null;
  headers: Record<string, Secret>;
}

type Workspace = Pick<WorkspaceScope, 'workspaceId'>;

const tables: Record<LiteralOwner['kind'], string> = {
  workspace: 'workspace_integrations',
  crew: 'crew_integrations',
  binding: 'agent_bindings',
};

/** Puts values in place of references and sealed literals, at the last moment before a server is called. */
@Injectable()
export class ServerAccessService {
  constructor(
    private readonly vault: Vault,
    private readonly sealed: SealedValuesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything that an agent needs to use its servers, and the credentials that it has for itself: one statement, every
   * value opened once. What is wrong with one server is said there and keeps no other from working.
   */
  async prepare(
    scope: Workspace,
    { servers, blob, credentialIds, agent, withheld }: AccessWish,
  ): Promise<PreparedAccess> {
    const drafts = servers.map((server) => ({ server, parsed: parseServer(server) }));
    if (withheld) {
      return {
        servers: drafts.map(({ server, parsed }) => renderServer(server, parsed, withheldValues)),
        blob: null,
        credentials: new Map(),
        usedCredentialIds: [],
      };
    }
    const attached = servers.flatMap(({ credentialId, credentialState }) =>
      credentialId !== null && credentialState === 'usable' ? [credentialId] : [],
    );
    const names = unique([...drafts.flatMap(({ parsed }) => namesIn(parsed)), ...credentialNamesIn(blob)]);
    const found = await this.#find(scope, {
      credentialIds: unique([...credentialIds, ...attached]),
      credentialNames: names,
      literalsOf: servers.flatMap(literalOwnersOf),
      agent,
    });
    const opened = await this.#open(scope, found, absentIfUnreadable);
    const own = new Set(credentialIds);
    const used = [...own, ...attached].filter((id) => opened.byId.has(id));
    return {
      servers: drafts.map(({ server, parsed }) => renderServer(server, parsed, valuesFor(server, opened))),
      blob: blob && renderBlob(blob, valuesForBlob(opened)),
      credentials: new Map([...opened.byId].filter(([id]) => own.has(id))),
      usedCredentialIds: unique([...used, ...names.flatMap((name) => opened.byName.get(name)?.id ?? [])]),
    };
  }

  /**
   * Endpoint and headers of an effective HTTP server, its credential included.
   * @throws AppError 422 when a reference has no value, or a value cannot be a header.
   */
  async httpAccess(
    scope: Workspace,
    server: EffectiveServer,
    literals: readonly SealedLiterals[],
  ): Promise<ServerAccess> {
    const parsed = parseHttpServer(server);
    const found = await this.#find(scope, {
      credentialIds: server.credentialId === null ? [] : [server.credentialId],
      credentialNames: namesIn(parsed),
      literalsOf: [],
      agent: null,
    });
    const wanted = new Set(literalOwnersOf(server).map(ownerKey));
    const needed = literals.filter(({ owner }) => wanted.has(ownerKey(owner)));
    const opened = await this.#open(scope, { ...found, literals: needed }, thrown);
    const { endpoint, headers, problems } = renderServer(server, parsed, valuesFor(server, opened));
    refuse(problems);
    return { endpoint: endpoint?.reveal() ?? null, headers: Object.fromEntries(headers) };
  }

  #find(scope: Workspace, wanted: WantedValues): Promise<FoundValues> {
    return this.sealed.findUsable(scope, wanted, this.clock.now());
  }

  async #open({ workspaceId }: Workspace, found: FoundValues, unreadable: WhenUnreadable): Promise<OpenedValues> {
    const open = (sealed: string, place: Omit<SealedPlace, 'workspaceId'>) =>
      this.vault.open(sealed, { workspaceId, ...place }).catch(unreadable);
    const [credentials, literals] = await Promise.all([
      Promise.all(
        found.credentials.map(async ({ sealedValue, ...credential }) => {
          const value = await open(sealedValue, { table: 'credentials', column: 'sealed_value', rowId: credential.id });
          return value && { ...credential, value };
        }),
      ),
      Promise.all(
        found.literals.map(async ({ owner, sealedLiterals }) => {
          const place = { table: tables[owner.kind], column: 'sealed_literals', rowId: owner.rowId };
          const pack = sealedLiterals === null ? null : await open(sealedLiterals, place);
          return pack && ([ownerKey(owner), unpackLiterals(pack)] as const);
        }),
      ),
    ]);
    const readable = credentials.filter((credential) => credential !== null);
    return {
      byId: new Map(readable.map((each) => [each.id, each])),
      byName: new Map(readable.filter(({ inReach }) => inReach).map((each) => [each.name, each])),
      literals: new Map(literals.filter((pack) => pack !== null)),
    };
  }
}

type WhenUnreadable = (error: unknown) => null;

// One value that does not open must not keep an agent from all its other servers.
function absentIfUnreadable(error: unknown): null {
  if (error instanceof AppError && error.code === 'vault.unreadable') return null;
  throw error;
}

function thrown(error: unknown): null {
  throw error;
}

function parseHttpServer({ endpoint, configJson }: EffectiveServer): ParsedServer {
  const { config, headers } = parseConfigJson(configJson ?? '');
  return { endpoint, args: null, env: new Map(), config: { headers: config.headers ?? null }, headers, problems: [] };
}

function refuse(problems: PreparedServer['problems']): void {
  const references = unique(problems.flatMap((problem) => problem.references));
  if (references.length > 0) throw serverAccessErrors.missingValues({ params: { references: references.join(', ') } });
  const unsendable = problems.find(({ code }) => code === 'value_not_sendable');
  if (unsendable)
    throw serverAccessErrors.headerNotSendable({ params: { name: unsendable.field.replace('headers.', '') } });
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
