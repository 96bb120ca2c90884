/** How a provider's programs expect its token. */
export class DefaultEnvVarResponse {
  /** Name of the environment variable; "" when there is no habit. */
  env_var: string;

  /** Whether a value can be tried out at the provider. */
  testable: boolean;
}
