import { Injectable } from '@nestjs/common';
import type { Secret, WorkspaceScope } from '#kernel';
import { type SealedPlace, unpackLiterals, Vault } from '#vault';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** A row that may hold sealed literals. */
export interface LiteralRow {
  id: string;
  workspaceId: string;
  sealedLiterals: string | null;
}

/** Opens what an encrypted bundle carries, and blobs whose shape has to be known. */
@Injectable()
export class BundleOpeningService {
  constructor(private readonly vault: Vault) {}

  /** One sealed literal of a row; null when the row has lost it. */
  async literal(row: LiteralRow, table: string, path: string): Promise<Secret | null> {
    if (row.sealedLiterals === null) return null;
    const place = placeOf(row, table, 'sealed_literals');
    return unpackLiterals(await this.vault.open(row.sealedLiterals, place)).get(path) ?? null;
  }

  /** A sealed column of a credential. */
  async credential(row: Tenant & { id: string }, column: string, sealed: string | null): Promise<string | undefined> {
    if (sealed === null) return undefined;
    return (await this.vault.open(sealed, placeOf(row, 'credentials', column))).reveal();
  }

  /** An agent's `mcp_config_json`. */
  async blob(row: Tenant & { id: string; mcpConfigJson: string | null }): Promise<Secret | null> {
    if (row.mcpConfigJson === null) return null;
    return this.vault.open(row.mcpConfigJson, placeOf(row, 'agents', 'mcp_config_json'));
  }
}

function placeOf({ workspaceId, id }: Tenant & { id: string }, table: string, column: string): SealedPlace {
  return { workspaceId, table, column, rowId: id };
}
