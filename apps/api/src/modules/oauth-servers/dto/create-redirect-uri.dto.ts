import { TextField } from '#http';

/** A redirect URI that the workspace's own clients use. */
export class CreateRedirectUriDto {
  /** Absolute: https, http to loopback, or the scheme of an app (with a dot). No fragment. Compared as text. */
  @TextField({ required: true, max: 2048, example: 'http://127.0.0.1:51004/callback' })
  uri: string;
}
