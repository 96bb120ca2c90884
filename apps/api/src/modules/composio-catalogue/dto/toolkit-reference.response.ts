import { UpstreamText } from './upstream-text.field.js';

/** The app that something belongs to. */
export class ComposioToolkitReferenceResponse {
  /** Slug in lower case, such as `gmail`. */
  @UpstreamText()
  slug: string;

  /** URL of its logo. Absent where Composio gives none. */
  @UpstreamText({ optional: true })
  logo?: string;
}
