import { ComposioToolkitReferenceResponse } from './toolkit-reference.response.js';
import { UpstreamText } from './upstream-text.field.js';

/** One action of an app. */
export class ComposioToolResponse {
  /** Slug in upper case, such as `GITHUB_CREATE_AN_ISSUE`. */
  @UpstreamText()
  slug: string;

  /** Name for people. */
  @UpstreamText()
  name: string;

  /** What it does. */
  @UpstreamText()
  description: string;

  /** Its app. */
  toolkit: ComposioToolkitReferenceResponse;
}

/** Tools that match. */
export class ComposioToolsResponse {
  /** Whether there is a key, the workspace's or the server's. Without one the list is empty. */
  enabled: boolean;

  /** How many tools match in all. */
  total: number;

  /** The first of them, at most `limit`. */
  tools: ComposioToolResponse[];
}
