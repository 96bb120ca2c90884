import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import type { LiteralOwner, SealedPlace } from '#vault';
import { type Connection, requireConnection } from '../server-settings/connection-rules.js';
import { type GivenCredential, ServerCredentialService } from '../server-settings/server-credential.service.js';
import { type PreparedSettings, ServerSettingsService } from '../server-settings/server-settings.service.js';
import type { ServerCredential, ServerSettings } from '../server-settings/server-settings.types.js';

/** What a row holds now, of the columns that may have sealed literals. */
export interface StoredSettings {
  envJson: string | null;
  configJson: string | null;
  sealedLiterals: string | null;
}

/** The rules for what may be written into a workspace's server. */
@Injectable()
export class WorkspaceSettingsService {
  constructor(
    private readonly settings: ServerSettingsService,
    private readonly credentials: ServerCredentialService,
  ) {}

  /** @throws AppError 400 when the endpoint must not be called. */
  checkEndpoint(endpoint: string | null): void {
    this.settings.checkEndpoint(endpoint);
  }

  /** @throws AppError 400 when the endpoint or command that the transport needs is missing. */
  requireConnection(connection: Connection): void {
    requireConnection(connection);
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
  prepareCredential(scope: WorkspaceScope, given: GivenCredential): Promise<GivenCredential> {
    return this.credentials.prepare(scope, given, null);
  }

  /** The same for a row that is being made. @throws AppError 400. */
  prepareNewCredential(scope: WorkspaceScope, given: GivenCredential): Promise<ServerCredential> {
    return this.credentials.prepareNew(scope, given, null);
  }
}

function ownerOf(rowId: string): LiteralOwner {
  return { kind: 'workspace', rowId };
}

function placeOf(scope: WorkspaceScope, rowId: string): SealedPlace {
  return { workspaceId: scope.workspaceId, table: 'workspace_integrations', column: 'sealed_literals', rowId };
}
