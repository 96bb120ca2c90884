import { ApiProperty } from '@nestjs/swagger';

/** Outcome of a sign-in. */
export class LoginResponse {
  /** Whether the caller is signed in now. */
  ok: boolean;

  /** Where to go next. */
  url: string;

  /** Only after success: 200. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false, minimum: 200, maximum: 200 })
  status?: number;

  /** Only after failure: `CredentialsSignin`, whatever the reason was. */
  @ApiProperty({ type: String, required: false, enum: ['CredentialsSignin'] })
  error?: 'CredentialsSignin';
}
