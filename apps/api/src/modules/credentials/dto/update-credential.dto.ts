import { TextField } from '#http';
import { CredentialFieldsDto } from './credential-fields.dto.js';

/** Changes of a credential. Absent members stay, null clears a nullable one. The type cannot change. */
export class UpdateCredentialDto extends CredentialFieldsDto {
  /** Name, unique among the live credentials of the workspace. References by the old name no longer find it. */
  @TextField({ min: 1, max: 255, message: 'name is required' })
  name?: string;

  /** A new secret: makes the credential ACTIVE. "" and null leave it as it is. */
  @TextField({
    max: 65_536,
    nullable: true,
    writeOnly: true,
    format: 'password',
    tooLong: 'value is too long (max 65536 bytes)',
  })
  value?: string | null;
}
