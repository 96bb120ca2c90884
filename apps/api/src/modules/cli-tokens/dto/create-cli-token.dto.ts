import { IntegerField, TextField, TextListField } from '#http';

/** A new CLI token. Without any member, or without a body, it is one for every purpose. */
export class CreateCliTokenDto {
  /** Name to know it by; `CLI token` unless given. */
  @TextField({ max: 100, example: 'ci' })
  name?: string;

  /** `STANDARD` or `ADMIN`, in any case; `STANDARD` unless given. `ADMIN` needs an owner and a set-up instance. */
  @TextField({ max: 16, message: 'tier must be STANDARD or ADMIN', example: 'STANDARD' })
  tier?: string;

  /** Seconds until it ends. Absent: never, or when the token ends that makes it. */
  @IntegerField({ min: 1, max: 315_360_000, example: 86_400 })
  expires_in_seconds?: number;

  /**
   * What it may change: `*`, `agents:write`, `crews:*`, `workspace:admin` and the like. Empty: everything its user may.
   * Absent: the same, or the scopes of the token that makes it. Reading is not limited.
   */
  @TextListField({ maxItems: 32, maxLength: 64, example: ['crews:write', 'agents:write'] })
  scopes?: string[] | null;
}
