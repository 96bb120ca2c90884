import { Injectable } from '@nestjs/common';
import { AppError, Clock, type Secret, type WorkspaceScope } from '#kernel';
import { type LiteralOwner, type SealedPlace, unpackLiterals, Vault } from '#vault';
import { OauthTokensService } from '../oauth-tokens/oauth-tokens.service.js';
import { needsRefresh, unusable, usable } from './credential-use.js';
import { ManagedValues } from './managed-values.js';
import type { OpenedValues } from './opened-values.js';
import { ownerKey } from './parsed-server.js';
import { type FoundValues, SealedValuesRepository, type WantedValues } from './sealed-values.repository.js';
import type { SealedLiterals } from './server-access.types.js';

type Workspace = Pick<WorkspaceScope, 'workspaceId'>;

const tables: Record<LiteralOwner['kind'], string> = {
  workspace: 'workspace_integrations',
  crew: 'crew_integrations',
  binding: 'agent_bindings',
};

/** Finds the sealed values that servers need, and opens each of them once. */
@Injectable()
export class ServerValuesService {
  constructor(
    private readonly vault: Vault,
    private readonly sealed: SealedValuesRepository,
    private readonly tokens: OauthTokensService,
    private readonly managed: ManagedValues,
    private readonly clock: Clock,
  ) {}

  /** What is stored of the wanted values. One statement, unless an OAuth token has to be renewed before its use, or a value is kept elsewhere. */
  async find(scope: Workspace, wanted: WantedValues): Promise<FoundValues> {
    const found = await this.#fresh(scope, wanted);
    const credentials = await Promise.all(
      found.credentials.map(async (row) => {
        const { managedBy } = row;
        return managedBy === null ? row : { ...row, managedValue: await this.managed.find(scope, managedBy) };
      }),
    );
    return { ...found, credentials };
  }

  async #fresh(scope: Workspace, wanted: WantedValues): Promise<FoundValues> {
    const now = this.clock.now();
    const found = await this.sealed.find(scope, wanted, now);
    const due = found.credentials.filter((row) => row.inReach || wanted.credentialIds.includes(row.id));
    const ids = due.filter((row) => needsRefresh(row, now)).map(({ id }) => id);
    if (ids.length === 0) return found;
    await this.tokens.ensureFresh(scope, ids);
    return this.sealed.find(scope, wanted, this.clock.now());
  }

  /**
   * The values of what was found. `tolerant`: one that does not open counts as one that is not there, so that it keeps an
   * agent from none of its other servers; otherwise it is thrown.
   */
  async open(scope: Workspace, found: FoundValues, { tolerant }: { tolerant: boolean }): Promise<OpenedValues> {
    const open = (sealed: string, place: Omit<SealedPlace, 'workspaceId'>) =>
      this.vault
        .open(sealed, { workspaceId: scope.workspaceId, ...place })
        .catch((error: unknown) => absentIf(tolerant, error));
    const [credentials, literals] = await Promise.all([
      Promise.all(found.credentials.map((row) => this.#opened(row, open))),
      Promise.all(found.literals.map((pack) => openedPack(pack, open))),
    ]);
    const named = credentials.filter(({ row }) => row.inReach);
    return {
      byId: new Map(credentials.flatMap(({ row, value }) => (value ? [[row.id, { ...row, value }]] : []))),
      byName: new Map(named.flatMap(({ row, value }) => (value ? [[row.name, { ...row, value }]] : []))),
      unusableById: new Map(credentials.flatMap(({ row, reason }) => (reason ? [[row.id, reason]] : []))),
      unusableByName: new Map(named.flatMap(({ row, reason }) => (reason ? [[row.name, reason]] : []))),
      literals: new Map(literals.filter((pack) => pack !== null)),
    };
  }

  async #opened(row: FoundValues['credentials'][number], open: Open) {
    const { id, name, username, inReach, managedBy, managedValue } = row;
    const shown = { row: { id, name, username, inReach, managed: managedBy !== null } };
    if (managedValue !== null) return { ...shown, value: managedValue, reason: null };
    const sealed = managedBy === null ? usable(row, this.clock.now()) : null;
    if (sealed === null) return { ...shown, value: null, reason: unusable(row).message };
    const place = { table: 'credentials', column: 'sealed_value', rowId: id };
    return { ...shown, value: await open(sealed.sealedValue, place), reason: null };
  }
}

type Open = (sealed: string, place: Omit<SealedPlace, 'workspaceId'>) => Promise<Secret | null>;

async function openedPack({ owner, sealedLiterals }: SealedLiterals, open: Open) {
  const place = { table: tables[owner.kind], column: 'sealed_literals', rowId: owner.rowId };
  const pack = sealedLiterals === null ? null : await open(sealedLiterals, place);
  return pack && ([ownerKey(owner), unpackLiterals(pack)] as const);
}

function absentIf(tolerant: boolean, error: unknown): null {
  if (tolerant && error instanceof AppError && error.code === 'vault.unreadable') return null;
  throw error;
}
