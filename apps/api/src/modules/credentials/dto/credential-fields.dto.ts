import { ChoiceField, IdField, IntegerField, TextField, TextListField } from '#http';
import { type Sensitivity, sensitivities } from '../credentials.types.js';

/** What new and existing credentials may say alike. */
export class CredentialFieldsDto {
  /** What the credential is for. */
  @TextField({ max: 10_000, nullable: true })
  description?: string | null;

  /** Provider that the secret belongs to, in capitals: `GITHUB`, `ANTHROPIC`, … */
  @TextField({ max: 100, example: 'GITHUB' })
  provider?: string;

  /** User name that belongs to the secret; required for USERPASS. */
  @TextField({ max: 255, nullable: true })
  username?: string | null;

  /** Name of the account at the provider. */
  @TextField({ max: 255, nullable: true })
  account_label?: string | null;

  /** Email of the account at the provider. */
  @TextField({ max: 320, nullable: true })
  account_email?: string | null;

  /** When the secret stops working (RFC 3339). */
  @TextField({ max: 40, nullable: true, format: 'date-time', example: '2027-01-31T00:00:00Z' })
  token_expires_at?: string | null;

  /** OAUTH2: id of the client at the provider. Without one the other OAuth members are ignored. */
  @TextField({ max: 1024, nullable: true })
  oauth_client_id?: string | null;

  /** OAUTH2: secret of the client. Never answered. */
  @TextField({ max: 4096, nullable: true, writeOnly: true, format: 'password' })
  oauth_client_secret?: string | null;

  /** OAUTH2: where people agree. */
  @TextField({ max: 2048, nullable: true, format: 'uri' })
  oauth_auth_url?: string | null;

  /** OAUTH2: where tokens are exchanged. */
  @TextField({ max: 2048, nullable: true, format: 'uri' })
  oauth_token_url?: string | null;

  /** OAUTH2: scopes to ask for, separated by spaces. */
  @TextField({ max: 4096, nullable: true })
  oauth_scopes?: string | null;

  /** Words to find the credential by; stored trimmed, in lower case and once. */
  @TextListField({ maxItems: 8, maxLength: 32, example: ['production'] })
  tags?: string[];

  /** Crew that the credential is limited to; short for `crew_ids` with one entry. "" counts as absent. */
  @IdField()
  crew_id?: string;

  /** Crews that the credential is limited to. Any entry makes its scope CREW. */
  @TextListField({ maxItems: 100, maxLength: 64 })
  crew_ids?: string[];

  /** How carefully the value is to be handled. */
  @ChoiceField(sensitivities, { enumName: 'Sensitivity' })
  sensitivity?: Sensitivity;

  /** Security level, from 1 (standard) to 4 (critical). */
  @IntegerField({ min: 1, max: 4, message: 'security_level must be from 1 to 4' })
  security_level?: number;

  /** Service that the credential was made for. */
  @TextField({ max: 255, nullable: true })
  provisioned_for_service?: string | null;
}
