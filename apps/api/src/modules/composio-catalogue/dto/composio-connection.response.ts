import { UpstreamText } from './upstream-text.field.js';

/** Where a person authorises an account. */
export class ComposioConnectionResponse {
  /** Page to open in a browser. */
  @UpstreamText()
  redirect_url: string;

  /** Id of the account, which is not active before the person has consented. */
  @UpstreamText()
  connected_account_id: string;

  /** Composio user that the account will belong to. */
  @UpstreamText()
  user_id: string;
}

/** Says that a refresh needs a person. */
export class ComposioConsentResponse {
  /** Page to open in a browser, where the person consents again. */
  @UpstreamText()
  redirect_url: string;
}
