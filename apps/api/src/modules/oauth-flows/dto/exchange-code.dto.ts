import { TextField } from '#http';

const message = 'credential_id and code are required';

/** A code that is to be exchanged for tokens (seed 000, "Exchange Token"). */
export class ExchangeCodeDto {
  /** The credential that gets the tokens. */
  @TextField({
    required: true,
    requiredMessage: message,
    max: 64,
    pattern: /^[A-Za-z0-9_-]*$/,
    example: 'cmhq3v1x0a1b2c3d4e5f6g7h8',
  })
  credential_id: string;

  /** The authorization code. */
  @TextField({
    required: true,
    requiredMessage: message,
    max: 4096,
    writeOnly: true,
    example: 'SplxlOBeZQQYbYS6WxSbIA',
  })
  code: string;

  /** The state of a flow that was started here. It is checked in full, and its own verifier and redirect URI are used. */
  @TextField({ max: 256, example: '5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592' })
  state?: string;

  /**
   * Redirect URI of the authorization request. With a state it must be the flow's. Without one it is our callback unless
   * given: a loopback address, or one that is registered for the workspace.
   */
  @TextField({ max: 2048 })
  redirect_uri?: string;

  /** PKCE verifier (RFC 7636) of a request that the client made itself; required without a state, ignored with one. */
  @TextField({ max: 128, writeOnly: true })
  code_verifier?: string;

  /** Who answered (RFC 9207), where the provider says so. */
  @TextField({ max: 2048 })
  iss?: string;
}
