import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import { ChoiceField, IdField, PageQuery, TextField } from '#http';
import { type DeliveryStatus, deliveryStatuses } from '../deliveries.types.js';

/** Longest wait of one call, in seconds. */
export const mostWaitSeconds = 30;

/** Which deliveries are wanted. */
export class ListDeliveriesQuery extends PageQuery {
  /** What follows this one: the id of a delivery (then of its queue only), or a `seq` (then of every queue). */
  @TextField({ max: 64, pattern: /^[A-Za-z0-9_-]*$/, example: '17' })
  after?: string;

  /** Only those of this agent. */
  @IdField()
  agent_id?: string;

  /** Only those with this status, for people who look; absent: those that can still be pulled. */
  @ChoiceField(deliveryStatuses, { enumName: 'DeliveryStatus' })
  status?: DeliveryStatus;

  /** How long to wait for the first one when there is none. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false, default: 0, minimum: 0, maximum: mostWaitSeconds })
  @Allow()
  @Transform(({ value }) => secondsOf(value))
  wait_seconds: number = 0;
}

function secondsOf(value: unknown): number {
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 ? Math.min(number, mostWaitSeconds) : 0;
}
