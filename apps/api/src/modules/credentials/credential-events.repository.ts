import { Injectable } from '@nestjs/common';
import { Clock, Ids, type Page, type PageRequest, type WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { CredentialEventType } from './credentials.types.js';

const columns = {
  id: true,
  credentialId: true,
  eventType: true,
  actorUserId: true,
  agentId: true,
  ipAddress: true,
  metadata: true,
  occurredAt: true,
} satisfies Prisma.CredentialEventSelect;

/** One entry of a credential's timeline. */
export type CredentialEventRow = Prisma.CredentialEventGetPayload<{ select: typeof columns }>;

/** What an event says beside who did it, when and from where. */
export interface CredentialEventFacts {
  agentId?: string;
  /** Never a value or a part of one. */
  metadata?: Prisma.InputJsonObject;
}

/** The rows of `credential_events`. */
@Injectable()
export class CredentialEventsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Notes the same event for credentials of the scope's workspace. */
  async insert(
    scope: Pick<WorkspaceScope, 'workspaceId' | 'actor' | 'origin'>,
    credentialIds: readonly string[],
    eventType: CredentialEventType,
    { agentId, metadata }: CredentialEventFacts = {},
  ): Promise<void> {
    if (credentialIds.length === 0) return;
    const occurredAt = this.clock.now();
    await this.prisma.client.credentialEvent.createMany({
      data: credentialIds.map((credentialId) => ({
        id: this.ids.next(),
        workspaceId: scope.workspaceId,
        credentialId,
        eventType,
        actorUserId: scope.actor.userId,
        agentId: agentId ?? null,
        ipAddress: scope.origin.ip,
        ...(metadata && { metadata }),
        occurredAt,
      })),
    });
  }

  /** One page of a credential's timeline, newest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, credentialId: string, page: PageRequest): Promise<Page<CredentialEventRow>> {
    const where = { workspaceId: scope.workspaceId, credentialId };
    const items = await this.prisma.client.credentialEvent.findMany({
      where,
      select: columns,
      orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items, total: await this.prisma.client.credentialEvent.count({ where }) };
  }
}
