import { Injectable } from '@nestjs/common';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { maskBlob, parseBlob } from '../mcp-blobs/mcp-blob.js';
import { requireConnection } from '../server-settings/connection-rules.js';
import { ServerSettingsService } from '../server-settings/server-settings.service.js';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import { CrewBlobRepository, type ImportedRow } from './crew-blob.repository.js';
import { type ImportedServer, importedServer } from './crew-blob-servers.js';

/** What is stored of a blob, and what its servers made us say. */
export interface ImportedBlob {
  /** The text with `***` where secrets were; undefined when the body gives none, null when it clears it. */
  stored: string | null | undefined;
  /** Integrations that were added, by name. */
  added: string[];
  warnings: SettingsWarning[];
}

/**
 * Takes the servers of an `mcp_config_json` over into the crew's integrations when the text is written. Reading changes
 * nothing. Runs in the caller's transaction.
 */
@Injectable()
export class CrewBlobService {
  constructor(
    private readonly repository: CrewBlobRepository,
    private readonly settings: ServerSettingsService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Adds the servers whose names the crew does not have yet. @throws AppError 400 for a text or server that is none. */
  async import(scope: WorkspaceScope, crewId: string, text: string | null | undefined): Promise<ImportedBlob> {
    if (text === undefined) return { stored: undefined, added: [], warnings: [] };
    if (text === null || text.trim() === '') return { stored: null, added: [], warnings: [] };
    const names = await this.repository.findNames(scope, crewId);
    const missing = [...parseBlob(text).servers].filter(([name]) => !names.has(name));
    const rows: ImportedRow[] = [];
    const warnings: SettingsWarning[] = [];
    for (const [name, server] of missing) {
      const prepared = await this.#prepared(scope, importedServer(name, server));
      rows.push(prepared.row);
      warnings.push(...prepared.warnings.map((warning) => ({ ...warning, field: 'mcp_config_json' })));
    }
    await this.repository.insertMissing(scope, crewId, rows);
    return { stored: maskBlob(text), added: rows.map((row) => row.name), warnings };
  }

  async #prepared(
    scope: WorkspaceScope,
    server: ImportedServer,
  ): Promise<{ row: ImportedRow; warnings: SettingsWarning[] }> {
    requireConnection(server);
    this.settings.checkEndpoint(server.endpoint);
    const id = this.ids.next();
    const { warnings, columns } = await this.settings.prepare(scope, server, {
      owner: { kind: 'crew', rowId: id },
      place: { workspaceId: scope.workspaceId, table: 'crew_integrations', column: 'sealed_literals', rowId: id },
      stored: null,
    });
    const now = this.clock.now();
    return { row: { ...server, sealedLiterals: null, ...columns, id, createdAt: now, updatedAt: now }, warnings };
  }
}
