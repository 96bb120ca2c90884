import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import { type DeliveryEndpoint, deliveryProtocols } from './deliveries.types.js';

const columns = {
  id: true,
  workspaceId: true,
  agentId: true,
  url: true,
  protocol: true,
  eventTypes: true,
  disabledAt: true,
  disabledReason: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.DeliveryEndpointSelect;

type Row = Prisma.DeliveryEndpointGetPayload<{ select: typeof columns }>;
type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** The rows of `delivery_endpoints`. */
@Injectable()
export class DeliveryEndpointsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The endpoint of one recipient; a null agent is the workspace itself. */
  async find({ workspaceId }: Tenant, agentId: string | null): Promise<DeliveryEndpoint | null> {
    const row = await this.prisma.client.deliveryEndpoint.findFirst({
      where: { workspaceId, agentId },
      select: columns,
    });
    return row && toEndpoint(row);
  }

  /** All endpoints of these workspaces, without secrets. */
  async findMany(workspaceIds: readonly string[]): Promise<DeliveryEndpoint[]> {
    const rows = await this.prisma.client.deliveryEndpoint.findMany({
      where: { workspaceId: { in: [...workspaceIds] } },
      select: columns,
    });
    return rows.map(toEndpoint);
  }

  /** Writes an endpoint, new or in place of the recipient's earlier one. */
  async save(endpoint: DeliveryEndpoint & { sealedSecret?: string }): Promise<void> {
    const { id, workspaceId, agentId, createdAt, sealedSecret, ...changed } = endpoint;
    const data = { ...changed, ...(sealedSecret !== undefined && { sealedSecret }) };
    const { count } = await this.prisma.client.deliveryEndpoint.updateMany({ where: { id, workspaceId }, data });
    if (count > 0 || sealedSecret === undefined) return;
    await this.prisma.client.deliveryEndpoint.create({
      data: { ...changed, id, workspaceId, agentId, createdAt, sealedSecret },
      select: { id: true },
    });
  }

  /** Removes a recipient's endpoint. False when it has none. */
  async remove({ workspaceId }: Tenant, agentId: string | null): Promise<boolean> {
    const { count } = await this.prisma.client.deliveryEndpoint.deleteMany({ where: { workspaceId, agentId } });
    return count > 0;
  }

  /** Nothing is posted there any more. False when that is so already, or when the address is another by now. */
  async disable(id: string, url: string, reason: string, at: Date): Promise<boolean> {
    const { count } = await this.prisma.client.deliveryEndpoint.updateMany({
      where: { id, url, disabledAt: null },
      data: { disabledAt: at, disabledReason: reason },
    });
    return count > 0;
  }

  /** Keeps other writers of a recipient's endpoint away until the transaction ends. */
  async lockRecipient({ workspaceId }: Tenant, agentId: string | null): Promise<void> {
    const key = `delivery_endpoint ${workspaceId} ${agentId ?? ''}`;
    await this.prisma.client.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  }
}

function toEndpoint(row: Row): DeliveryEndpoint {
  const { protocol } = row;
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    agentId: row.agentId,
    url: row.url,
    protocol: deliveryProtocols.find((each) => each === protocol) ?? 'event',
    eventTypes: row.eventTypes,
    disabledAt: row.disabledAt,
    disabledReason: row.disabledReason,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
