import { TextField } from '#http';

/** Which app to take away. */
export class UnbindComposioAgentQuery {
  /** Slug of the app, in any case; absent or empty: all. */
  @TextField({ max: 64, example: 'gmail' })
  toolkit?: string;
}
