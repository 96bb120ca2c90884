import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller, InstanceAdmin } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { CallerScope, Page } from '#kernel';
import { InstanceSecretResponse } from './dto/instance-secret.response.js';
import { PutInstanceSecretDto } from './dto/put-instance-secret.dto.js';
import { RemovedInstanceSecretResponse } from './dto/removed-instance-secret.response.js';
import { InstanceSecretsService } from './instance-secrets.service.js';

/** Secrets of the instance, for organisation templates (seed 004, "global secrets"). */
@ApiTags('Templates')
@Controller('api/v1/settings/secrets')
export class InstanceSecretsController {
  constructor(private readonly secrets: InstanceSecretsService) {}

  @Get()
  @InstanceAdmin()
  @Endpoint({
    id: 'listInstanceSecrets',
    summary: 'List the secrets of the instance',
    description: 'By name. Values are never shown.',
    type: [InstanceSecretResponse],
    paged: true,
  })
  list(@Query() page: PageQuery): Promise<Page<InstanceSecretResponse>> {
    return this.secrets.list(page);
  }

  @Post()
  @InstanceAdmin()
  @Audited('instance_secret.create', 'instance_secret.update')
  @Endpoint({
    id: 'putInstanceSecret',
    summary: 'Set a secret of the instance',
    description:
      'Replaces the value where there is one of that name. Organisation templates may require it and refer to it as ' +
      '`${NAME}` in the secret fields of channels. An instance has at most 1000.',
    status: 201,
    type: InstanceSecretResponse,
    errors: [400, 409],
  })
  put(@Caller() caller: CallerScope, @Body() body: PutInstanceSecretDto): Promise<InstanceSecretResponse> {
    return this.secrets.put(caller, body);
  }

  @Delete(':key')
  @ApiParam({ name: 'key', description: 'Name of the secret.', schema: { type: 'string', maxLength: 128 } })
  @InstanceAdmin()
  @Audited('instance_secret.delete')
  @Endpoint({
    id: 'deleteInstanceSecret',
    summary: 'Delete a secret of the instance',
    type: RemovedInstanceSecretResponse,
    errors: [404],
  })
  remove(@Caller() caller: CallerScope, @Param('key') key: string): Promise<RemovedInstanceSecretResponse> {
    return this.secrets.remove(caller, key);
  }
}
