import { Injectable } from '@nestjs/common';
import { Clock, type Secret, type WorkspaceScope } from '#kernel';
import { type EffectiveServer, referencedNames, referencedNamesInJson } from '#resolver-core';
import {
  isHeaderValue,
  type LiteralOwner,
  parseConfigJson,
  renderTemplate,
  type SealedPlaceholder,
  type TemplateValues,
  unpackLiterals,
  Vault,
} from '#vault';
import { OauthTokensService } from '../oauth-tokens/oauth-tokens.service.js';
import { credentialHeader } from './credential-header.js';
import { needsRefresh, unusable, usable } from './credential-use.js';
import { SealedValuesRepository } from './sealed-values.repository.js';
import { serverAccessErrors } from './server-access.errors.js';
import type { SealedCredential, SealedLiterals, StoredCredential } from './server-access.types.js';

/** Where an HTTP server is, and what is sent to it, values in place. */
export interface ServerAccess {
  endpoint: string | null;
  headers: Record<string, Secret>;
}

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
    private readonly tokens: OauthTokensService,
    private readonly clock: Clock,
  ) {}

  /**
   * Endpoint and headers of an effective HTTP server, its credential included. OAuth tokens that are due are renewed
   * first, so call it outside transactions.
   * @throws AppError 422 when a credential cannot be used, a reference has no value, or a value cannot be a header.
   */
  async httpAccess(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    server: EffectiveServer,
    literals: readonly SealedLiterals[],
  ): Promise<ServerAccess> {
    const configured =
      server.configJson === null ? new Map<string, string>() : parseConfigJson(server.configJson).headers;
    const texts = [server.endpoint ?? '', ...configured.values()];
    const names = [...new Set([...texts.flatMap(referencedNames), ...referencedNamesInJson(server.configJson ?? '')])];
    const ids = server.credentialId === null ? [] : [server.credentialId];
    const stored = await this.#fresh(scope, { ids, names });
    const credentials = this.#usable(stored, server.credentialId, new Set(texts.flatMap(referencedNames)));
    const values = await this.#valuesOf(scope, credentials, literals, texts);
    const headers: Record<string, Secret> = {};
    for (const [name, text] of configured) headers[name] = rendered(text, values);
    const bound = credentials.find(({ id }) => id === server.credentialId);
    if (bound) {
      const value = await this.#open(scope, bound);
      const header = credentialHeader(server.credType ?? 'bearer', server.credHeader, {
        value,
        username: bound.username,
      });
      dropHeader(headers, header.name);
      headers[header.name] = header.value;
    }
    refuseUnsendable(headers);
    return { endpoint: server.endpoint === null ? null : rendered(server.endpoint, values).reveal(), headers };
  }

  // One statement, unless something has to be renewed.
  async #fresh(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    wanted: { ids: readonly string[]; names: readonly string[] },
  ): Promise<StoredCredential[]> {
    const stored = await this.sealed.find(scope, wanted);
    const now = this.clock.now();
    const due = stored.filter((row) => needsRefresh(row, now)).map(({ id }) => id);
    if (due.length === 0) return stored;
    await this.tokens.ensureFresh(scope, due);
    return this.sealed.find(scope, wanted);
  }

  // What is sent must be usable; a name that stands elsewhere in the settings is nobody's loss.
  #usable(
    stored: readonly StoredCredential[],
    ownId: string | null,
    sentNames: ReadonlySet<string>,
  ): SealedCredential[] {
    const now = this.clock.now();
    return stored.flatMap((row) => {
      const found = usable(row, now);
      if (found) return [found];
      if (row.id !== ownId && !sentNames.has(row.name)) return [];
      throw unusable(row);
    });
  }

  async #valuesOf(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    credentials: readonly SealedCredential[],
    literals: readonly SealedLiterals[],
    texts: readonly string[],
  ): Promise<TemplateValues> {
    const wanted = new Set(texts.flatMap(referencedNames));
    const byName = new Map<string, Secret>();
    for (const credential of credentials) {
      if (wanted.has(credential.name)) byName.set(credential.name, await this.#open(scope, credential));
    }
    const byPlace = new Map<string, Secret>();
    for (const { owner, sealedLiterals } of texts.some((text) => text.includes('{{sealed:')) ? literals : []) {
      if (sealedLiterals === null) continue;
      const place = { ...scopeOf(scope), table: tables[owner.kind], column: 'sealed_literals', rowId: owner.rowId };
      for (const [path, value] of unpackLiterals(await this.vault.open(sealedLiterals, place))) {
        byPlace.set(keyOf({ owner, path }), value);
      }
    }
    return { credential: (name) => byName.get(name), sealed: (placeholder) => byPlace.get(keyOf(placeholder)) };
  }

  #open(scope: Pick<WorkspaceScope, 'workspaceId'>, { id, sealedValue }: SealedCredential): Promise<Secret> {
    return this.vault.open(sealedValue, { ...scopeOf(scope), table: 'credentials', column: 'sealed_value', rowId: id });
  }
}

function scopeOf({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>): { workspaceId: string } {
  return { workspaceId };
}

function keyOf({ owner, path }: SealedPlaceholder): string {
  return `${owner.kind}:${owner.rowId}:${path}`;
}

function rendered(text: string, values: TemplateValues): Secret {
  const result = renderTemplate(text, values);
  if (result.ok) return result.value;
  const references = result.missing.map((reference) =>
    reference.startsWith('{{sealed:') ? 'a sealed value' : reference,
  );
  throw serverAccessErrors.missingValues({ params: { references: references.join(', ') } });
}

function dropHeader(headers: Record<string, Secret>, name: string): void {
  for (const each of Object.keys(headers)) if (each.toLowerCase() === name.toLowerCase()) delete headers[each];
}

function refuseUnsendable(headers: Readonly<Record<string, Secret>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeaderValue(value.reveal())) throw serverAccessErrors.headerNotSendable({ params: { name } });
  }
}
