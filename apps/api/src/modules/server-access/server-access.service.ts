import { Injectable } from '@nestjs/common';
import { Clock, type Secret, type WorkspaceScope } from '#kernel';
import type { EffectiveServer } from '#resolver-core';
import { credentialNamesIn, parseConfigJson } from '#vault';
import { isUsable, unusable } from './credential-use.js';
import { valuesFor, valuesForBlob, withheldValues } from './opened-values.js';
import { literalOwnersOf, namesIn, ownerKey, type ParsedServer, parseServer } from './parsed-server.js';
import { renderBlob } from './rendered-blob.js';
import { renderServer } from './rendered-server.js';
import { serverAccessErrors } from './server-access.errors.js';
import type { AccessWish, PreparedAccess, PreparedServer, SealedLiterals } from './server-access.types.js';
import { ServerValuesService } from './server-values.service.js';

/** Where an HTTP server is, and what is sent to it, values in place. */
export interface ServerAccess {
  endpoint: string | null;
  headers: Record<string, Secret>;
}

type Workspace = Pick<WorkspaceScope, 'workspaceId'>;

/** Puts values in place of references and sealed literals, at the last moment before a server is called. */
@Injectable()
export class ServerAccessService {
  constructor(
    private readonly values: ServerValuesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything that an agent needs to use its servers, and the credentials that it has for itself: one statement, every
   * value opened once, OAuth tokens that are due renewed first, so call it outside transactions. What is wrong with one
   * server is said there and keeps no other from working.
   */
  async prepare(
    { workspaceId }: Workspace,
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
    const attached = servers.flatMap(({ credentialId }) => credentialId ?? []);
    const names = unique([...drafts.flatMap(({ parsed }) => namesIn(parsed)), ...credentialNamesIn(blob)]);
    const wanted = {
      credentialIds: unique([...credentialIds, ...attached]),
      credentialNames: names,
      literalsOf: servers.flatMap(literalOwnersOf),
      agent,
    };
    const scope = { workspaceId };
    const opened = await this.values.open(scope, await this.values.find(scope, wanted), { tolerant: true });
    const own = new Set(credentialIds);
    return {
      servers: drafts.map(({ server, parsed }) => renderServer(server, parsed, valuesFor(server, opened))),
      blob: blob && renderBlob(blob, valuesForBlob(opened)),
      credentials: new Map([...opened.byId].filter(([id, { managed }]) => own.has(id) && !managed)),
      usedCredentialIds: unique([
        ...wanted.credentialIds.filter((id) => opened.byId.has(id)),
        ...names.flatMap((name) => opened.byName.get(name)?.id ?? []),
      ]),
    };
  }

  /**
   * Endpoint and headers of an effective HTTP server, its credential included. OAuth tokens that are due are renewed
   * first, so call it outside transactions.
   * @throws AppError 422 when a credential cannot be used, a reference has no value, or a value cannot be a header.
   */
  async httpAccess(
    scope: Workspace,
    server: EffectiveServer,
    literals: readonly SealedLiterals[],
  ): Promise<ServerAccess> {
    const parsed = parseHttpServer(server);
    const names = namesIn(parsed);
    const found = await this.values.find(scope, {
      credentialIds: server.credentialId === null ? [] : [server.credentialId],
      credentialNames: names,
      literalsOf: [],
      agent: null,
    });
    const now = this.clock.now();
    const lacking = found.credentials.find((row) => !isUsable(row, now));
    if (lacking) throw unusable(lacking);
    const needed = new Set(literalOwnersOf(server).map(ownerKey));
    const own = { ...found, literals: literals.filter(({ owner }) => needed.has(ownerKey(owner))) };
    const opened = await this.values.open(scope, own, { tolerant: false });
    const { endpoint, headers, problems } = renderServer(server, parsed, valuesFor(server, opened));
    refuse(problems);
    return { endpoint: endpoint?.reveal() ?? null, headers: Object.fromEntries(headers) };
  }
}

// Only what is sent: a name that stands elsewhere in the settings is nobody's loss.
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
