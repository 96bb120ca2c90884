import { ChoiceField, FlagField, TextField } from '#http';
import { type CredentialScope, type CredentialType, credentialScopes, credentialTypes } from '../credentials.types.js';
import { CredentialFieldsDto } from './credential-fields.dto.js';

/** A new credential. Its value is sealed and never answered again. */
export class CreateCredentialDto extends CredentialFieldsDto {
  /** Name, unique among the live credentials of the workspace; `{{credential:name}}` refers to it. */
  @TextField({ required: true, max: 255, message: 'name is required', example: 'github-token' })
  name: string;

  /** The secret, at most 64 KiB. Required unless the type is OAUTH2 or `pending` is true. */
  @TextField({
    max: 65_536,
    nullable: true,
    writeOnly: true,
    format: 'password',
    example: 'ghp_example',
    tooLong: 'value is too long (max 65536 bytes)',
  })
  value?: string | null;

  /** What the secret is. */
  @ChoiceField(credentialTypes, {
    enumName: 'CredentialType',
    default: 'SECRET',
    message: `type must be one of ${credentialTypes.join(', ')}`,
  })
  type?: CredentialType;

  /** Makes a placeholder whose value comes later. */
  @FlagField({ default: false })
  pending?: boolean;

  /** WORKSPACE unless crews are named; CREW needs at least one. */
  @ChoiceField(credentialScopes, { enumName: 'CredentialScope' })
  scope?: CredentialScope;
}
