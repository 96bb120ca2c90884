import { TextField } from '#http';

/** Which runtime the installed plugins are held against. */
export class PluginCompatibilityQuery {
  /** Name of the runtime. */
  @TextField({
    required: true,
    max: 128,
    requiredMessage: 'runtime query parameter is required',
    example: 'claude-code',
  })
  runtime: string;
}
