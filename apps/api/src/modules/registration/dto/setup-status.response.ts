/** How far the instance is set up. */
export class SetupStatusResponse {
  /** Whether it waits for its first user (`POST /api/v1/bootstrap`). */
  needs_bootstrap: boolean;

  /** Whether people may register themselves. */
  allow_signup: boolean;
}
