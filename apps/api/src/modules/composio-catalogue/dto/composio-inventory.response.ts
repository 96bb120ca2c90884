import { ComposioToolkitReferenceResponse } from './toolkit-reference.response.js';
import { UpstreamText } from './upstream-text.field.js';

/** How the accounts of an app are authorised. */
export class ComposioAuthConfigResponse {
  /** Id at Composio. */
  @UpstreamText()
  id: string;

  /** Name at Composio. */
  @UpstreamText()
  name: string;

  /** `ENABLED` or `DISABLED`. */
  @UpstreamText()
  status: string;

  /** Its app. */
  toolkit: ComposioToolkitReferenceResponse;
}

/** What an account was authorised by. */
export class ComposioAccountAuthResponse {
  /** Id of the auth config. */
  @UpstreamText()
  id: string;

  /** Such as `OAUTH2` or `API_KEY`. */
  @UpstreamText()
  auth_scheme: string;

  /** Whether Composio owns the app that people consent to. */
  is_composio_managed: boolean;

  /** Whether the auth config is switched off. */
  is_disabled: boolean;
}

/** An account that somebody connected, or began to. */
export class ComposioAccountResponse {
  /** Id at Composio. */
  @UpstreamText()
  id: string;

  /** Composio user that it belongs to. */
  @UpstreamText()
  user_id: string;

  /** Such as `ACTIVE`, `INITIATED`, `EXPIRED` or `REVOKED`. */
  @UpstreamText()
  status: string;

  /** Its app. */
  toolkit: ComposioToolkitReferenceResponse;

  /** What it was authorised by. */
  auth_config: ComposioAccountAuthResponse;
}

/** One Composio user with all accounts. */
export class ComposioUserResponse {
  /** Id of the user, as the operator chose it. */
  @UpstreamText()
  user_id: string;

  /** The accounts, in Composio's order and whatever their status. */
  connected_accounts: ComposioAccountResponse[];
}

/** Everything that is set up in the Composio project. */
export class ComposioInventoryResponse {
  /** Whether there is a key, the workspace's or the server's. Without one the lists are empty. */
  enabled: boolean;

  /** One entry for each way that an app is authorised. */
  auth_configs: ComposioAuthConfigResponse[];

  /** Users with connected accounts, by `user_id`. */
  users: ComposioUserResponse[];
}
