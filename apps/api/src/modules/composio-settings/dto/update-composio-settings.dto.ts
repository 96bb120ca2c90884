import { TextField } from '#http';

/** The key that the workspace is to have. */
export class UpdateComposioSettingsDto {
  /** API key of a Composio project. Spaces around it are dropped. Never shown again. */
  @TextField({
    required: true,
    max: 512,
    pattern: /\S/,
    patternMessage: 'api_key is required',
    writeOnly: true,
    example: 'ak_0123456789abcdef',
  })
  api_key: string;

  /** Name of the project, for people. Absent, null and "" leave the key without one. */
  @TextField({ max: 200, nullable: true, example: 'Crewship_dev_1' })
  label?: string | null;
}
