import { ApiProperty } from '@nestjs/swagger';
import { type PlatformType, platformTypes } from '#chat-platforms';

/** A channel that was made. */
export class CreatedChannelResponse {
  /** Id of the channel. */
  id: string;

  /** Platform. */
  @ApiProperty({ enum: platformTypes, enumName: 'ChannelType' })
  channel_type: PlatformType;

  /** Whether it sends and takes messages. */
  enabled: boolean;
}
