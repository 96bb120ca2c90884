import { FlagField, TextField } from '#http';

/** What is to hold for one tool; at least one member. A tool that is not recorded yet becomes so, enabled unless told. */
export class UpdateToolBindingDto {
  /** Whether the tool is offered; absent leaves it as it is. */
  @FlagField({ example: false })
  enabled?: boolean;

  /** What the tool does; absent leaves it as it is, null clears it. */
  @TextField({ max: 16_384, nullable: true, example: 'Search issues' })
  description?: string | null;
}
