/** Something that was accepted, but that the caller will want to know. */
export class SettingsWarningResponse {
  /** Stable reason, such as `unknown_credential`. */
  code: string;

  /** Member of the body that it is about. */
  field: string;

  /** What will happen, and what to do. */
  message: string;
}
