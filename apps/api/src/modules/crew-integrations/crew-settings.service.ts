import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import type { LiteralOwner, SealedPlace } from '#vault';
import { requireConnection } from '../server-settings/connection-rules.js';
import { type PreparedSettings, ServerSettingsService } from '../server-settings/server-settings.service.js';
import type { LinkedServer } from './crew-integrations.types.js';
import { effectiveConnection, type OwnConnection } from './inheritance.js';

/** The settings members of a body as they were sent. */
export interface SentSettings {
  endpoint?: string | null;
  args_json?: string | null;
  env_json?: string | null;
  config_json?: string | null;
}

/** What a row holds now, of the columns that may have sealed literals. */
export type StoredSettings = { envJson: string | null; configJson: string | null; sealedLiterals: string | null };

/** The rules for what may be written into a crew's server. */
@Injectable()
export class CrewSettingsService {
  constructor(private readonly settings: ServerSettingsService) {}

  /** @throws AppError 400 when the endpoint must not be called. */
  checkEndpoint(endpoint: string | null): void {
    this.settings.checkEndpoint(endpoint);
  }

  /**
   * Checks that the server can be reached with what the row would say and what it would inherit.
   * @throws AppError 400 when the endpoint or command is missing, or when the endpoint must not be called.
   */
  checkConnection(own: OwnConnection, linked: LinkedServer | null): void {
    const connection = effectiveConnection(own, linked);
    requireConnection(connection);
    this.settings.checkEndpoint(own.endpoint);
    if (connection.transport === 'streamable-http') this.settings.checkEndpoint(connection.endpoint);
  }

  /**
   * Makes the JSON columns fit to be stored.
   * @throws AppError 400 naming the member for malformed JSON, references, headers or variables.
   */
  prepare(
    scope: WorkspaceScope,
    rowId: string,
    sent: SentSettings,
    stored: StoredSettings | null,
  ): Promise<PreparedSettings> {
    const settings = {
      endpoint: sent.endpoint,
      argsJson: sent.args_json,
      envJson: sent.env_json,
      configJson: sent.config_json,
    };
    return this.settings.prepare(scope, settings, { owner: ownerOf(rowId), place: placeOf(scope, rowId), stored });
  }
}

function ownerOf(rowId: string): LiteralOwner {
  return { kind: 'crew', rowId };
}

function placeOf(scope: WorkspaceScope, rowId: string): SealedPlace {
  return { workspaceId: scope.workspaceId, table: 'crew_integrations', column: 'sealed_literals', rowId };
}
