import { Injectable } from '@nestjs/common';
import { Clock, type WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { draftOf } from './flow-target.js';
import {
  type Flow,
  flowDeliveries,
  flowStatuses,
  type LostTokens,
  lostTokenFates,
  type TargetColumns,
} from './oauth-flows.types.js';

const columns = {
  id: true,
  workspaceId: true,
  credentialId: true,
  userId: true,
  browserHash: true,
  delivery: true,
  status: true,
  failureCode: true,
  lostTokens: true,
  renewedClientId: true,
  settingsHash: true,
  issuer: true,
  issRequired: true,
  redirectUri: true,
  resource: true,
  scopes: true,
  sealedCodeVerifier: true,
  workspaceIntegrationId: true,
  crewIntegrationId: true,
  agentId: true,
  draft: true,
  expiresAt: true,
  finishedAt: true,
  createdAt: true,
} satisfies Prisma.OauthFlowSelect;

type Row = Prisma.OauthFlowGetPayload<{ select: typeof columns }>;

/** The rows of `oauth_flows`. */
@Injectable()
export class OauthFlowsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  /** A new flow. */
  async insert({ draft, ...flow }: Flow, stateHash: string): Promise<void> {
    await this.prisma.client.oauthFlow.create({
      data: { ...flow, stateHash, draft: draft === null ? Prisma.DbNull : { ...draft } },
      select: { id: true },
    });
  }

  /** The flow of a state by its hash, whatever became of it, in any workspace: whoever has the state was given it. */
  async findByState(stateHash: string): Promise<Flow | null> {
    const row = await this.prisma.client.oauthFlow.findUnique({ where: { stateHash }, select: columns });
    return row && toFlow(row);
  }

  /** One flow of the workspace; with `userId`, only when it is that person's. */
  async findById(scope: WorkspaceScope, id: string, userId: string | null): Promise<Flow | null> {
    const where = { id, workspaceId: scope.workspaceId, ...(userId !== null && { userId }) };
    const row = await this.prisma.client.oauthFlow.findFirst({ where, select: columns });
    return row && toFlow(row);
  }

  /** What the flow of this id was to connect, when it is one of the credential's. */
  async findTarget(credentialId: string, id: string): Promise<TargetColumns | null> {
    const row = await this.prisma.client.oauthFlow.findFirst({
      where: { id, credentialId },
      select: { workspaceIntegrationId: true, crewIntegrationId: true, agentId: true, draft: true },
    });
    return row && { ...row, draft: draftOf(row.draft) };
  }

  /**
   * Takes the flow out of `pending`: its state has been used. True for exactly one of several callers, and never after
   * the flow has expired.
   */
  async claim(id: string): Promise<boolean> {
    // One statement, UPDATE … WHERE status = 'pending' RETURNING: of two at once the second sees the first's write.
    const claimed = await this.prisma.client.oauthFlow.updateManyAndReturn({
      where: { id, status: 'pending', expiresAt: { gt: this.clock.now() } },
      data: { status: 'exchanging' },
      select: { id: true },
    });
    return claimed.length > 0;
  }

  /** Ends a claimed flow well; what it drafted is a server now. False when it is not there any more. */
  async complete(
    id: string,
    server: Pick<TargetColumns, 'workspaceIntegrationId' | 'crewIntegrationId'>,
  ): Promise<boolean> {
    const { count } = await this.prisma.client.oauthFlow.updateMany({
      where: { id, status: 'exchanging' },
      data: { ...server, draft: Prisma.DbNull, status: 'completed', finishedAt: this.clock.now() },
    });
    return count > 0;
  }

  /** Ends a flow with the code of what went wrong, unless it has ended, and what became of tokens that were issued already. */
  async fail(id: string, failureCode: string, lostTokens: LostTokens | null = null): Promise<boolean> {
    const { count } = await this.prisma.client.oauthFlow.updateMany({
      where: { id, status: { in: ['pending', 'exchanging'] } },
      data: { status: 'failed', failureCode, lostTokens, finishedAt: this.clock.now() },
    });
    return count > 0;
  }

  /** Ends flows that nobody finished in time, of any workspace. Answers how many. */
  async expire(before: Date, failureCode: string): Promise<number> {
    const { count } = await this.prisma.client.oauthFlow.updateMany({
      where: { status: { in: ['pending', 'exchanging'] }, expiresAt: { lt: before }, finishedAt: null },
      data: { status: 'failed', failureCode, finishedAt: this.clock.now() },
    });
    return count;
  }

  /** Forgets flows that ended before an instant, of any workspace. Answers how many. */
  async forget(before: Date): Promise<number> {
    const { count } = await this.prisma.client.oauthFlow.deleteMany({ where: { finishedAt: { lt: before } } });
    return count;
  }

  /** Removes a flow. False when it was not there. */
  async remove(scope: WorkspaceScope, id: string): Promise<boolean> {
    const { count } = await this.prisma.client.oauthFlow.deleteMany({ where: { id, workspaceId: scope.workspaceId } });
    return count > 0;
  }
}

function toFlow({ draft, ...row }: Row): Flow {
  return {
    ...row,
    lostTokens: lostTokenFates.find((each) => each === row.lostTokens) ?? null,
    draft: draftOf(draft),
    delivery: flowDeliveries.find((each) => each === row.delivery) ?? 'callback',
    status: flowStatuses.find((each) => each === row.status) ?? 'failed',
  };
}
