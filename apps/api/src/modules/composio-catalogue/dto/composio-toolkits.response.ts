import { UpstreamText } from './upstream-text.field.js';

/** A category of apps. */
export class ComposioCategoryResponse {
  /** Id at Composio, such as `developer-tools`. */
  @UpstreamText()
  id: string;

  /** Name for people. */
  @UpstreamText()
  name: string;
}

/** What is known of an app. */
export class ComposioToolkitMetaResponse {
  /** A sentence about it; may be empty. */
  @UpstreamText()
  description: string;

  /** URL of its logo. Absent where Composio gives none. */
  @UpstreamText({ optional: true })
  logo?: string;

  /** How many tools it has. */
  tools_count: number;

  /** Its categories. */
  categories: ComposioCategoryResponse[];
}

/** An app that can be connected. */
export class ComposioToolkitResponse {
  /** Slug in lower case, such as `github`. */
  @UpstreamText()
  slug: string;

  /** Name for people. */
  @UpstreamText()
  name: string;

  /** Whether it works without an account. */
  no_auth: boolean;

  /** What is known of it. */
  meta: ComposioToolkitMetaResponse;
}

/** Apps that match. */
export class ComposioToolkitsResponse {
  /** Whether there is a key, the workspace's or the server's. Without one the list is empty. */
  enabled: boolean;

  /** How many apps match in all. */
  total: number;

  /** The first of them, at most `limit`. */
  toolkits: ComposioToolkitResponse[];
}
