import { TextField } from '#http';

/** The provider's answer, as a client of the initiator received it: its URL, or the parameters of it. */
export class FinishFlowDto {
  /** The whole URL that the provider sent the browser to. Goes before the other members. */
  @TextField({ max: 8192, example: 'http://127.0.0.1:49152/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj' })
  callback_url?: string;

  /** The flow's state, as it came back. */
  @TextField({ max: 256 })
  state?: string;

  /** The authorization code. */
  @TextField({ max: 4096, writeOnly: true })
  code?: string;

  /** Who answered (RFC 9207), where the provider says so. */
  @TextField({ max: 2048 })
  iss?: string;

  /** The provider's error, such as `access_denied`, in place of a code. */
  @TextField({ max: 256 })
  error?: string;

  /** The provider's words about its error. */
  @TextField({ max: 2048 })
  error_description?: string;
}
