import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { agentErrors } from './agents.errors.js';
import type { Agent, AgentInContext } from './agents.types.js';

const columns = {
  id: true,
  workspaceId: true,
  crewId: true,
  name: true,
  slug: true,
  description: true,
  roleTitle: true,
  agentRole: true,
  leadMode: true,
  status: true,
  cliAdapter: true,
  llmProvider: true,
  llmModel: true,
  systemPrompt: true,
  avatarSeed: true,
  avatarStyle: true,
  avatarUrl: true,
  timeoutSeconds: true,
  toolProfile: true,
  memoryEnabled: true,
  cliTools: true,
  suggestedPrompts: true,
  askForms: true,
  mcpConfigJson: true,
  scheduleCron: true,
  schedulePrompt: true,
  scheduleEnabled: true,
  scheduleLastRun: true,
  scheduleNextRun: true,
  webhookRequireTimestamp: true,
  sealedWebhookSecret: true,
  ephemeral: true,
  expiresAt: true,
  expiredAt: true,
  parentLeadId: true,
  hireReason: true,
  workflowId: true,
  createdByUserId: true,
  createdAt: true,
  updatedAt: true,
  crew: { select: { name: true, slug: true, color: true, avatarStyle: true } },
  _count: { select: { credentials: { where: { credential: { deletedAt: null } } } } },
} satisfies Prisma.AgentSelect;

type Row = Prisma.AgentGetPayload<{ select: typeof columns }>;

/** What a change writes; members that are undefined stay. */
export type AgentChange = Partial<Omit<Agent, 'id' | 'workspaceId' | 'createdAt'>> & { updatedAt: Date };

/** The rows of `agents`. */
@Injectable()
export class AgentsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page: live before expired, then newest, ties broken by id. */
  async findMany(
    scope: WorkspaceScope,
    { crewId, ...page }: PageRequest & { crewId: string | null },
  ): Promise<Page<AgentInContext>> {
    const where = { workspaceId: scope.workspaceId, deletedAt: null, ...(crewId !== null && { crewId }) };
    const rows = await this.prisma.client.agent.findMany({
      where,
      select: columns,
      orderBy: [{ expiredAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toDomain), total: await this.prisma.client.agent.count({ where }) };
  }

  /** One live row of the scope's workspace. */
  async findById(scope: WorkspaceScope, id: string): Promise<AgentInContext | null> {
    const row = await this.prisma.client.agent.findFirst({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      select: columns,
    });
    return row && toDomain(row);
  }

  /** Keeps a live agent as it is until the transaction ends. False when there is none. */
  async hold(scope: WorkspaceScope, id: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM agents WHERE id = ${id} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR SHARE`;
    return rows.length > 0;
  }

  /** Waits until nobody else changes the agent, and lets nobody until the transaction ends. False when there is none. */
  async lock(scope: WorkspaceScope, id: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM agents WHERE id = ${id} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR NO KEY UPDATE`;
    return rows.length > 0;
  }

  /** @throws AppError `agent.slug_taken` or `agent.lead_taken`. */
  async insert(row: Agent): Promise<void> {
    await translated(() => this.prisma.client.agent.create({ data: row, select: { id: true } }));
  }

  /** The same for several rows in one statement. @throws AppError as {@link insert}. */
  async insertAll(rows: readonly Agent[]): Promise<void> {
    await translated(() => this.prisma.client.agent.createMany({ data: [...rows] }));
  }

  /** Writes a change. False when there is no such live row. @throws AppError as {@link insert}. */
  async update(scope: WorkspaceScope, id: string, change: AgentChange): Promise<boolean> {
    const where = { id, workspaceId: scope.workspaceId, deletedAt: null };
    const { count } = await translated(() => this.prisma.client.agent.updateMany({ where, data: change }));
    return count > 0;
  }

  /** Makes whoever leads the crew, other than `exceptId`, an ordinary agent. Answers their ids. */
  async demoteLead(scope: WorkspaceScope, crewId: string, exceptId: string, now: Date): Promise<string[]> {
    const rows = await this.prisma.client.agent.updateManyAndReturn({
      where: { workspaceId: scope.workspaceId, crewId, agentRole: 'LEAD', deletedAt: null, id: { not: exceptId } },
      data: { agentRole: 'AGENT', leadMode: null, updatedAt: now },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }
}

async function translated<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (isUniqueViolation(cause, 'agents_live_lead_key')) throw agentErrors.leadTaken({ cause });
    if (isUniqueViolation(cause, 'agents_live_slug_key')) throw agentErrors.slugTaken({ cause });
    throw cause;
  }
}

function toDomain({ _count, sealedWebhookSecret, agentRole, ...row }: Row): AgentInContext {
  return {
    ...row,
    agentRole: agentRole === 'LEAD' ? 'LEAD' : 'AGENT',
    credentialCount: _count.credentials,
    hasWebhookSecret: sealedWebhookSecret !== null,
  };
}
