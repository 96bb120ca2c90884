import { IntegerField, TextField } from '#http';

/** A new value for a credential. */
export class RotateCredentialDto {
  /** The new secret, at most 64 KiB. */
  @TextField({
    required: true,
    max: 65_536,
    requiredMessage: 'value is required',
    writeOnly: true,
    format: 'password',
    tooLong: 'value is too long (max 65536 bytes)',
  })
  value: string;

  /** Seconds for which the present value is kept for a rollback, at most 7 days; 0 keeps nothing. */
  @IntegerField({ min: 0, max: 604_800, default: 0 })
  grace_seconds?: number;

  /** User name that belongs to the new secret. Absent and null leave it as it is. */
  @TextField({ max: 255, nullable: true })
  username?: string | null;
}
