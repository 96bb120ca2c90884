import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import type { Transport } from '../server-settings/server-settings.types.js';
import { BindingFactsRepository } from './binding-facts.repository.js';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import type {
  BindingFacts,
  CrewIntegration,
  DetailedCrewIntegration,
  LinkedServer,
} from './crew-integrations.types.js';
import { sharedCredential } from './inheritance.js';

const credentialFacts = { name: true, status: true, deletedAt: true } satisfies Prisma.CredentialSelect;

const columns = {
  id: true,
  workspaceId: true,
  crewId: true,
  workspaceIntegrationId: true,
  name: true,
  displayName: true,
  transport: true,
  endpoint: true,
  command: true,
  argsJson: true,
  envJson: true,
  configJson: true,
  icon: true,
  enabled: true,
  visibility: true,
  credentialId: true,
  credType: true,
  credHeader: true,
  envVarName: true,
  origin: true,
  originRef: true,
  createdAt: true,
  updatedAt: true,
  crew: { select: { name: true, slug: true } },
  credential: { select: credentialFacts },
  workspaceIntegration: {
    select: {
      displayName: true,
      transport: true,
      endpoint: true,
      command: true,
      credential: { select: credentialFacts },
    },
  },
} satisfies Prisma.CrewIntegrationSelect;

type Row = Prisma.CrewIntegrationGetPayload<{ select: typeof columns }>;

/** What a new row is made of. */
export type NewCrewIntegration = CrewIntegration & { sealedLiterals: string | null };

/** What a change writes; members that are undefined stay. */
export type CrewIntegrationChange = Partial<
  Omit<NewCrewIntegration, 'id' | 'workspaceId' | 'crewId' | 'workspaceIntegrationId' | 'name' | 'createdAt'>
> & { updatedAt: Date };

const newestFirst = [{ createdAt: 'desc' }, { id: 'desc' }] satisfies Prisma.CrewIntegrationOrderByWithRelationInput[];
const byCrewAndName = [
  { crew: { name: 'asc' } },
  { name: 'asc' },
  { id: 'asc' },
] satisfies Prisma.CrewIntegrationOrderByWithRelationInput[];

/** The rows of `crew_integrations`, those of deleted crews left out. */
@Injectable()
export class CrewIntegrationsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly facts: BindingFactsRepository,
  ) {}

  /** Whether the workspace has this crew, live. */
  async hasCrew(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const crew = await this.prisma.client.crew.findFirst({
      where: { id: crewId, workspaceId: scope.workspaceId, deletedAt: null },
      select: { id: true },
    });
    return crew !== null;
  }

  /** The same, and the crew is not deleted before the transaction ends. */
  async holdCrew(scope: WorkspaceScope, crewId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM "crews"
      WHERE "id" = ${crewId} AND "workspace_id" = ${scope.workspaceId} AND "deleted_at" IS NULL FOR SHARE`;
    return rows.length > 0;
  }

  /** A workspace server to link to, which is not changed or removed before the transaction ends. */
  async holdLinkable(scope: WorkspaceScope, id: string): Promise<LinkedServer | null> {
    const [row] = await this.prisma.client.$queryRaw<(Omit<LinkedServer, 'transport'> & { transport: string })[]>`
      SELECT "display_name" AS "displayName", "transport", "endpoint", "command" FROM "workspace_integrations"
      WHERE "id" = ${id} AND "workspace_id" = ${scope.workspaceId} FOR SHARE`;
    return row ? { ...row, transport: toTransport(row.transport) } : null;
  }

  /** One page of a crew's rows, newest first. */
  findMany(scope: WorkspaceScope, crewId: string, page: PageRequest): Promise<Page<DetailedCrewIntegration>> {
    return this.#page(scope, within(scope, { crewId }), newestFirst, page);
  }

  /** One page of the rows of all crews, by the names of crew and server. */
  findAll(scope: WorkspaceScope, page: PageRequest): Promise<Page<DetailedCrewIntegration>> {
    return this.#page(scope, within(scope), byCrewAndName, page);
  }

  /** One row of the crew. */
  async findById(scope: WorkspaceScope, crewId: string, id: string): Promise<DetailedCrewIntegration | null> {
    const row = await this.prisma.client.crewIntegration.findFirst({
      where: within(scope, { id, crewId }),
      select: columns,
    });
    if (!row) return null;
    return toDomain(row, await this.facts.findByServer(scope, [row.id]));
  }

  /** One row of the crew that nobody else changes or removes before the transaction ends. */
  async findByIdForUpdate(scope: WorkspaceScope, crewId: string, id: string): Promise<DetailedCrewIntegration | null> {
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM "crew_integrations"
      WHERE "id" = ${id} AND "crew_id" = ${crewId} AND "workspace_id" = ${scope.workspaceId} FOR UPDATE`;
    return this.findById(scope, crewId, id);
  }

  /** The row's sealed literals, for the one who writes them anew. */
  async findSealedLiterals(scope: WorkspaceScope, id: string): Promise<string | null> {
    const row = await this.prisma.client.crewIntegration.findFirst({
      where: within(scope, { id }),
      select: { sealedLiterals: true },
    });
    return row?.sealedLiterals ?? null;
  }

  /** @throws AppError `crew_integration.name_taken` when the crew has the name. */
  async insert(scope: WorkspaceScope, row: NewCrewIntegration): Promise<void> {
    try {
      await this.prisma.client.crewIntegration.create({
        data: { ...row, workspaceId: scope.workspaceId },
        select: { id: true },
      });
    } catch (cause) {
      throw isUniqueViolation(cause) ? crewIntegrationErrors.nameTaken({ cause }) : cause;
    }
  }

  /** Writes a change. False when the crew has no such row. */
  async update(scope: WorkspaceScope, crewId: string, id: string, change: CrewIntegrationChange): Promise<boolean> {
    const { count } = await this.prisma.client.crewIntegration.updateMany({
      where: within(scope, { id, crewId }),
      data: change,
    });
    return count > 0;
  }

  /** Removes the row; bindings and tool rows go with it by foreign key. False when it was not there. */
  async remove(scope: WorkspaceScope, crewId: string, id: string): Promise<boolean> {
    const { count } = await this.prisma.client.crewIntegration.deleteMany({ where: within(scope, { id, crewId }) });
    return count > 0;
  }

  async #page(
    scope: WorkspaceScope,
    where: Prisma.CrewIntegrationWhereInput,
    orderBy: Prisma.CrewIntegrationOrderByWithRelationInput[],
    page: PageRequest,
  ): Promise<Page<DetailedCrewIntegration>> {
    const rows = await this.prisma.client.crewIntegration.findMany({
      where,
      select: columns,
      orderBy,
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.crewIntegration.count({ where });
    const facts = await this.facts.findByServer(
      scope,
      rows.map((row) => row.id),
    );
    return { items: rows.map((row) => toDomain(row, facts)), total };
  }
}

function within(
  scope: WorkspaceScope,
  where: { id?: string; crewId?: string } = {},
): Prisma.CrewIntegrationWhereInput & { crew: Prisma.CrewWhereInput } {
  return { ...where, workspaceId: scope.workspaceId, crew: { deletedAt: null } };
}

const noFacts: BindingFacts = { agentBindingCount: 0, credentialCount: 0, brokenCredentialCount: 0 };

function toDomain(row: Row, facts: ReadonlyMap<string, BindingFacts>): DetailedCrewIntegration {
  const { workspaceIntegration, credential, transport, visibility, credType, ...rest } = row;
  const own = { ...rest, transport: transport === null ? null : toTransport(transport) };
  const linked = workspaceIntegration && toLinked(workspaceIntegration);
  return {
    ...own,
    credType: credType === 'bearer' || credType === 'api_key' || credType === 'basic' ? credType : null,
    credentialName: live(credential)?.name ?? null,
    sharedCredentialStatus: sharedCredential(own, linked, {
      own: live(credential),
      linked: live(workspaceIntegration?.credential ?? null),
    }),
    visibility: visibility === 'auto' || visibility === 'everyone' || visibility === 'bound' ? visibility : null,
    linked,
    facts: facts.get(row.id) ?? noFacts,
  };
}

function toLinked({ credential: _, ...row }: NonNullable<Row['workspaceIntegration']>): LinkedServer {
  return { ...row, transport: toTransport(row.transport) };
}

function live<T extends { deletedAt: Date | null }>(credential: T | null): T | null {
  return credential?.deletedAt === null ? credential : null;
}

function toTransport(stored: string): Transport {
  return stored === 'stdio' ? 'stdio' : 'streamable-http';
}
