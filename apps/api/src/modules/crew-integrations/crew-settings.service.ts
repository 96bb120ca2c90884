import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import type { LiteralOwner, SealedPlace } from '#vault';
import { requireConnection } from '../server-settings/connection-rules.js';
import { type GivenCredential, ServerCredentialService } from '../server-settings/server-credential.service.js';
import { type PreparedSettings, ServerSettingsService } from '../server-settings/server-settings.service.js';
import type { ServerCredential, ServerSettings } from '../server-settings/server-settings.types.js';
import type { LinkedServer } from './crew-integrations.types.js';
import { effectiveConnection, type OwnConnection } from './inheritance.js';

/** What a row holds now, of the columns that may have sealed literals. */
export type StoredSettings = { envJson: string | null; configJson: string | null; sealedLiterals: string | null };

/** The rules for what may be written into a crew's server. */
@Injectable()
export class CrewSettingsService {
  constructor(
    private readonly settings: ServerSettingsService,
    private readonly credentials: ServerCredentialService,
  ) {}

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
    sent: ServerSettings,
    stored: StoredSettings | null,
  ): Promise<PreparedSettings> {
    return this.settings.prepare(scope, sent, { owner: ownerOf(rowId), place: placeOf(scope, rowId), stored });
  }

  /** Members about the credential, fit to be stored; undefined stays. @throws AppError 400. */
  prepareCredential(scope: WorkspaceScope, crewId: string, given: GivenCredential): Promise<GivenCredential> {
    return this.credentials.prepare(scope, given, crewId);
  }

  /** The same for a row that is being made. @throws AppError 400. */
  prepareNewCredential(scope: WorkspaceScope, crewId: string, given: GivenCredential): Promise<ServerCredential> {
    return this.credentials.prepareNew(scope, given, crewId);
  }
}

function ownerOf(rowId: string): LiteralOwner {
  return { kind: 'crew', rowId };
}

function placeOf(scope: WorkspaceScope, rowId: string): SealedPlace {
  return { workspaceId: scope.workspaceId, table: 'crew_integrations', column: 'sealed_literals', rowId };
}
