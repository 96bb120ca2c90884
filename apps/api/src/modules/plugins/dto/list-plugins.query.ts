import { PageQuery, TextField } from '#http';

/** Which plugins of the registry are wanted. */
export class ListPluginsQuery extends PageQuery {
  /** Only plugins that run on this runtime. */
  @TextField({ max: 128, example: 'claude-code' })
  runtime?: string;
}
