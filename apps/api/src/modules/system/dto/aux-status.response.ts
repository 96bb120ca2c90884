import { ApiProperty } from '@nestjs/swagger';

/** Which model serves one auxiliary purpose. */
export class AuxSlotResponse {
  /** The purpose. */
  slot: string;

  /** Provider of the model. */
  provider: string;

  /** Name of the model. */
  model: string;

  /** Longest wait for an answer, in seconds. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  timeout_seconds: number;

  /** Whether it was chosen, or stands in for one that was not. */
  @ApiProperty({ enum: ['explicit', 'fallback'] })
  source: 'explicit' | 'fallback';
}

/** The auxiliary models of this instance. */
export class AuxStatusResponse {
  /** One entry for each purpose: none here, since this control plane calls no models. */
  @ApiProperty({ type: () => [AuxSlotResponse], maxItems: 100 })
  slots: AuxSlotResponse[];
}
