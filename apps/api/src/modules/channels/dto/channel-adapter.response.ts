import { ApiProperty } from '@nestjs/swagger';
import { type PlatformType, platformTypes } from '#chat-platforms';

const inputs = ['text', 'password', 'textarea'] as const;

/** One field of a channel's configuration. */
export class ChannelConfigFieldResponse {
  /** Name of the member of `config`. */
  key: string;

  /** Name shown to people. */
  label: string;

  /** How it is asked for. */
  @ApiProperty({ enum: inputs, enumName: 'ChannelConfigInput' })
  type: (typeof inputs)[number];

  /** Whether it must have a value. */
  required: boolean;

  /** Whether it is a secret. */
  sensitive: boolean;

  /** Example for the empty form. */
  placeholder?: string;

  /** What to enter and where to find it. */
  help?: string;
}

/** A chat platform that channels can be made for. */
export class ChannelAdapterResponse {
  /** Its name in `channel_type`. */
  @ApiProperty({ enum: platformTypes, enumName: 'ChannelType' })
  type: PlatformType;

  /** Name shown to people. */
  display_name: string;

  /** Fields of the configuration, in the order of a form. */
  config_schema: ChannelConfigFieldResponse[];
}
