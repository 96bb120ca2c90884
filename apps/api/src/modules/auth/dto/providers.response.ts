/** One way to sign in. */
export class AuthProviderResponse {
  /** Id of the provider. */
  id: string;

  /** Name to show. */
  name: string;

  /** Kind of provider. */
  type: string;

  /** Where to send a sign-in. */
  signinUrl: string;

  /** Where the provider answers. */
  callbackUrl: string;
}

/** The ways to sign in, by id. */
export class AuthProvidersResponse {
  /** Email and password. */
  credentials: AuthProviderResponse;
}
