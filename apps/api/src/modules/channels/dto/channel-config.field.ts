import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';

const mostMembers = 50;

/** A channel's configuration as it is sent. */
export type SentChannelConfig = Readonly<Record<string, unknown>>;

/** An optional object; which members it takes depends on the platform. */
export function ChannelConfigField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: 'object',
      selfRequired: false,
      nullable: true,
      maxProperties: mostMembers,
      additionalProperties: true,
      example: { bot_token: '123456789:ABCdefGHIjklMNOpqrSTUvwxYZ0123456', chat_id: '-1001234567890' },
    }),
    IsOptional(),
    ValidateBy({
      name: 'channel_config',
      validator: {
        validate: (value) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          Object.keys(value).length <= mostMembers,
        defaultMessage: () => `config must be an object of at most ${mostMembers} members`,
      },
    }),
  ) as PropertyDecorator;
}
