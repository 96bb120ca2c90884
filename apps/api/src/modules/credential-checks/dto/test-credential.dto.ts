import { TextField } from '#http';

/** A value to try out. It is not stored. */
export class TestCredentialDto {
  /** Provider that the value belongs to, such as `GITHUB`, in any case. */
  @TextField({ max: 100, example: 'GITHUB' })
  provider?: string;

  /** What the value is, as in a credential; a type that is no token is not sent anywhere. `SECRET` when absent. */
  @TextField({ max: 64, example: 'API_KEY' })
  type?: string;

  /** The secret, at most 64 KiB. */
  @TextField({
    required: true,
    max: 65_536,
    requiredMessage: 'Value is required',
    writeOnly: true,
    format: 'password',
    tooLong: 'value is too long (max 65536 bytes)',
  })
  value: string;
}
