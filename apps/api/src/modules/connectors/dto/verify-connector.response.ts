/** What the provider thought of the values. */
export class VerifyConnectorResponse {
  /** Whether they work. False is the provider's verdict or the caller's mistake, not a failure of this call. */
  ok: boolean;

  /** What was found and what to do about it; "" when there is nothing to say. Never holds a submitted value. */
  message: string;
}
