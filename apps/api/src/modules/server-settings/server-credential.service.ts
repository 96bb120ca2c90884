import { Injectable } from '@nestjs/common';
import { raise, type WorkspaceScope } from '#kernel';
import { blankToNullIfGiven } from './connection-rules.js';
import { CredentialHoldsRepository } from './credential-holds.repository.js';
import { headerNameFault, type NamingFault, variableNameFault } from './credential-naming-rules.js';
import { serverSettingsErrors } from './server-settings.errors.js';
import type { ServerCredential } from './server-settings.types.js';

/** Members about a credential as a caller gave them: undefined is "not given", null and blank "none". */
export type GivenCredential = Partial<ServerCredential>;

/** The rules for the credential that a server row names for everybody who has the server. */
@Injectable()
export class ServerCredentialService {
  constructor(private readonly credentials: CredentialHoldsRepository) {}

  /**
   * Name of a live credential that agents of the crew may be sent to servers with, kept from deletion until the
   * transaction ends; null when there is none. Without a crew only credentials of the whole workspace count.
   */
  hold(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    credentialId: string,
    crewId: string | null,
  ): Promise<string | null> {
    return this.credentials.hold(scope, credentialId, crewId);
  }

  /**
   * Makes the members fit to be stored; what is not given stays undefined. `crewId` is null for a workspace's server.
   * @throws AppError 400 for a credential that is missing, foreign or another crew's, and for a name that is not allowed.
   */
  async prepare(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    given: GivenCredential,
    crewId: string | null,
  ): Promise<GivenCredential> {
    const credentialId = blankToNullIfGiven(given.credentialId);
    if (typeof credentialId === 'string' && (await this.hold(scope, credentialId, crewId)) === null) {
      const message =
        crewId === null ? 'No such credential for the whole workspace' : 'No such credential for this crew';
      throw serverSettingsErrors.credentialNotFound({
        fields: [{ field: 'credential_id', code: 'not_found', message }],
      });
    }
    const credHeader = blankToNullIfGiven(given.credHeader);
    if (typeof credHeader === 'string') refuse(headerNameFault(credHeader));
    const envVarName = blankToNullIfGiven(given.envVarName);
    if (typeof envVarName === 'string') refuse(variableNameFault(envVarName));
    return { credentialId, credType: given.credType, credHeader, envVarName };
  }

  /** The same for a row that is being made, where what is not given is none. */
  async prepareNew(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    given: GivenCredential,
    crewId: string | null,
  ): Promise<ServerCredential> {
    const prepared = await this.prepare(scope, given, crewId);
    return {
      credentialId: prepared.credentialId ?? null,
      credType: prepared.credType ?? null,
      credHeader: prepared.credHeader ?? null,
      envVarName: prepared.envVarName ?? null,
    };
  }
}

function refuse(fault: NamingFault | null): void {
  if (fault !== null) raise(serverSettingsErrors.fieldInvalid({ params: { reason: fault.message }, fields: [fault] }));
}
