import { isJsonObject, type JsonObject, type JsonValue } from '#kernel';
import type { Prisma } from '#prisma';
import { type Delivery, deliveryStatuses } from './deliveries.types.js';

/** The columns of a delivery. */
export const deliveryColumns = {
  id: true,
  workspaceId: true,
  laneId: true,
  seq: true,
  agentId: true,
  type: true,
  data: true,
  originKind: true,
  originId: true,
  runId: true,
  status: true,
  attempts: true,
  nextAttemptAt: true,
  lastError: true,
  settledAt: true,
  replyText: true,
  repliedAt: true,
  replyUntil: true,
  createdAt: true,
} satisfies Prisma.DeliverySelect;

type Row = Prisma.DeliveryGetPayload<{ select: typeof deliveryColumns }>;

/** A row as it is worked on. */
export function toDelivery(row: Row): Delivery {
  return {
    ...row,
    data: objectOf(row.data as JsonValue),
    status: deliveryStatuses.find((status) => status === row.status) ?? 'dead',
  };
}

function objectOf(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {};
}
