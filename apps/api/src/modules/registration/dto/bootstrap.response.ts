/** The first user, who is signed in now. */
export class BootstrapResponse {
  /** Id of the user. */
  user_id: string;

  /** Address of the user. */
  email: string;

  /** Id of the workspace that they own. */
  workspace_id: string;

  /** An unlimited CLI token of the user. Shown this once. */
  cli_token: string;
}
