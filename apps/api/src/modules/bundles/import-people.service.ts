import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { AgentAssignmentService } from '../agent-credentials/agent-assignment.service.js';
import { AgentTransferService } from '../agents/agent-transfer.service.js';
import { CredentialCreationService } from '../credentials/credential-creation.service.js';
import { CrewTransferService } from '../crews/crew-transfer.service.js';
import type { Bundle } from './bundle.schema.js';
import { camelized } from './bundle-case-rules.js';
import { type ImportedIds, idOf } from './import-ids.js';
import { forEachIn, within } from './import-location.js';

/** Makes the crews, agents and credentials of one workspace of a bundle. Runs in the caller's transaction. */
@Injectable()
export class ImportPeopleService {
  constructor(
    private readonly crews: CrewTransferService,
    private readonly agents: AgentTransferService,
    private readonly credentials: CredentialCreationService,
    private readonly assignments: AgentAssignmentService,
  ) {}

  /** @throws AppError `bundle.refused` naming the entry. */
  async import(scope: WorkspaceScope, bundle: Bundle, at: string): Promise<ImportedIds> {
    const crews = await within(`${at}crews`, () => this.crews.import(scope, bundle.crews.map(camelized)));
    const agents = await within(`${at}agents`, () =>
      this.agents.import(
        scope,
        bundle.agents.map(({ crew, ...agent }) => ({ ...camelized(agent), crewId: idOf(crew, crews) })),
      ),
    );
    const credentials = new Map<string, string>();
    await forEachIn(bundle.credentials, `${at}credentials`, async (credential) => {
      const { id } = await this.credentials.create(scope, bodyOf(credential, crews));
      credentials.set(credential.name, id);
    });
    await forEachIn(bundle.credential_grants, `${at}credential_grants`, async ({ agent, credential, ...grant }) => {
      const body = { ...grant, credential_id: idOf(credential, credentials) };
      await this.assignments.assignGiven(scope, idOf(agent, agents) ?? '', body);
    });
    return { crews, agents, credentials, integrations: new Map(), crewIntegrations: new Map() };
  }
}

// Without a value it is a placeholder that waits as PENDING: nothing is delivered until somebody fills it in. An OAuth client
// without a client id is nothing that could be stored.
function bodyOf(credential: Bundle['credentials'][number], crews: ReadonlyMap<string, string>) {
  const { crews: slugs, value, oauth_client_secret: secret, ...body } = credential;
  return {
    ...body,
    crew_ids: slugs.flatMap((slug) => crews.get(slug) ?? []),
    ...(value === undefined ? { pending: true } : { value }),
    ...(secret !== undefined && { oauth_client_secret: secret }),
  };
}
