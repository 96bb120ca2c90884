/** Why signing in failed, for clients that ask for JSON. */
export class AuthErrorResponse {
  /** Code of the error, `Default` when none was given. */
  error: string;

  /** The same in a sentence. */
  message: string;
}
