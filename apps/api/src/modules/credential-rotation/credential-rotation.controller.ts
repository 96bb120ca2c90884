import { Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { WorkspaceScope } from '#kernel';
import { CredentialResponse } from '../credentials/dto/credential.response.js';
import { CredentialRevocationService } from './credential-revocation.service.js';
import { CredentialRotationService } from './credential-rotation.service.js';
import { RevokedCredentialResponse } from './dto/revoked-credential.response.js';
import { RotateCredentialDto } from './dto/rotate-credential.dto.js';

/** Replacing and ending credentials. */
@ApiTags('Credentials')
@Controller('api/v1/credentials/:credentialId')
export class CredentialRotationController {
  constructor(
    private readonly rotation: CredentialRotationService,
    private readonly revocation: CredentialRevocationService,
  ) {}

  @Post('rotate')
  @Access('credential:update')
  @Audited('credential.rotate')
  @Endpoint({
    id: 'rotateCredential',
    summary: 'Replace the value of a credential',
    description:
      'From now on the new value is delivered. With `grace_seconds` the present one is kept sealed for a rollback until ' +
      '`previous_value_until`, for consumers that still hold it; only the last one is kept. The expiry of the old value ' +
      'is cleared.',
    type: CredentialResponse,
    body: RotateCredentialDto,
    errors: [400, 404, 409],
  })
  rotate(
    @Scope() scope: WorkspaceScope,
    @Param('credentialId') id: string,
    @BodyAfterLookup(RotateCredentialDto) body: LateBody<RotateCredentialDto>,
  ): Promise<CredentialResponse> {
    return this.rotation.rotate(scope, id, body);
  }

  @Post('rotate/rollback')
  @Access('credential:update')
  @Audited('credential.rollback')
  @Endpoint({
    id: 'rollbackCredential',
    summary: 'Go back to the value before the last rotation',
    description: 'Possible until `previous_value_until`. The value that it replaces is dropped.',
    type: CredentialResponse,
    errors: [404, 409],
  })
  rollback(@Scope() scope: WorkspaceScope, @Param('credentialId') id: string): Promise<CredentialResponse> {
    return this.rotation.rollback(scope, id);
  }

  @Post('revoke')
  @Access('credential:manage')
  @Audited('credential.revoke')
  @Endpoint({
    id: 'revokeCredential',
    summary: 'End a credential',
    description:
      'Its value, the value before it and its refresh token are erased, and it is no longer delivered. The tokens of an ' +
      'OAUTH2 credential are revoked first at the server that issued them, where that takes such requests (RFC 7009); ' +
      'a failure there is reported and stops nothing. Calling it again changes nothing.',
    type: RevokedCredentialResponse,
    errors: [404, 409],
  })
  revoke(@Scope() scope: WorkspaceScope, @Param('credentialId') id: string): Promise<RevokedCredentialResponse> {
    return this.revocation.revoke(scope, id);
  }
}
