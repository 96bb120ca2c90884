import { TextField } from '#http';

/** Which provider is asked about. */
export class DefaultEnvVarQuery {
  /** Provider, such as `GITHUB`, in any case. */
  @TextField({ max: 100, example: 'GITHUB' })
  provider?: string;
}
