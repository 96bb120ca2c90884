import { ApiProperty } from '@nestjs/swagger';

/** How an input is written. */
export const inputFormats = ['string', 'number', 'boolean', 'filepath'] as const;

/** Something that a server asks for (`Input` of server.json). */
export class RegistryVariableResponse {
  /** What it is called: the key in `variables` when the server is installed. */
  @ApiProperty({ maxLength: 255, example: 'GITHUB_TOKEN' })
  name: string;

  /** What it is for. */
  @ApiProperty({ maxLength: 2000, example: 'Personal access token' })
  description: string;

  /** Whether the server does not work without it. */
  is_required: boolean;

  /** Whether it is a secret: sealed when the server is installed. */
  is_secret: boolean;

  /** How it is written. */
  @ApiProperty({ enum: inputFormats, enumName: 'RegistryInputFormat' })
  format: (typeof inputFormats)[number];

  /** Fixed by the publisher; null: to be given. `{name}` stands for a variable. */
  @ApiProperty({ maxLength: 4096 })
  value: string | null;

  /** Used where nothing is given. */
  @ApiProperty({ maxLength: 4096 })
  default_value: string | null;

  /** An example to show in an empty field. */
  @ApiProperty({ maxLength: 1000 })
  placeholder: string;

  /** Values to choose from; none: any. */
  @ApiProperty({ type: 'array', items: { type: 'string', maxLength: 1000 }, maxItems: 200 })
  choices: string[];
}

/** An input whose fixed value may hold variables: a header or an environment variable. */
export class RegistryInputResponse extends RegistryVariableResponse {
  /** The variables of `value`. */
  @ApiProperty({ type: () => [RegistryVariableResponse], maxItems: 50 })
  variables: RegistryVariableResponse[];
}

/** A command-line argument. */
export class RegistryArgumentResponse extends RegistryInputResponse {
  /** `named`: a flag with a value; `positional`: a value alone. */
  @ApiProperty({ enum: ['positional', 'named'], enumName: 'RegistryArgumentType' })
  type: 'positional' | 'named';

  /** Whether it may be given several times. */
  is_repeated: boolean;
}
