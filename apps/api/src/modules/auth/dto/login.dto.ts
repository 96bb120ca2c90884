import { TextField } from '#http';

/** A sign-in, as JSON or as a form. */
export class LoginDto {
  /** Address of the account; case does not matter. */
  @TextField({ max: 254, example: 'ada@example.com' })
  email?: string;

  /** Its password. */
  // New passwords have at most 1024 characters, which may be twice as many UTF-16 units; this field counts those.
  @TextField({ max: 2048, format: 'password', writeOnly: true })
  password?: string;

  /** The token that `GET /api/auth/csrf` answered, equal to its cookie. */
  @TextField({ max: 128, writeOnly: true })
  csrfToken?: string;

  /** Path of this origin to go to. Read from the query and from forms; in a JSON body it is ignored. */
  @TextField({ max: 2048, example: '/crews' })
  callbackUrl?: string;

  /** In a form: `true` asks for a JSON answer instead of a redirect. */
  @TextField({ max: 5, example: 'true' })
  json?: string;

  /** In a form: `false` asks for a JSON answer instead of a redirect. */
  @TextField({ max: 5, example: 'false' })
  redirect?: string;
}
