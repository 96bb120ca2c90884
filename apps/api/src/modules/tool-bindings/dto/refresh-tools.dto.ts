import { ObjectListField, TextField } from '#http';

/** One tool as the server listed it. */
export class RefreshedToolDto {
  /** Name of the tool, at most 255 characters without control characters. Entries with a blank name are skipped. */
  @TextField({ max: 1024, nullable: true, example: 'search' })
  name?: string | null;

  /** What the tool does; null leaves a recorded description as it is. */
  @TextField({ max: 16_384, nullable: true, example: 'Search issues' })
  description?: string | null;
}

/** The tools that a server listed (seed 000, "tools/refresh"). */
export class RefreshToolsDto {
  /** All tools of the list; absent or empty changes nothing. */
  @ObjectListField(RefreshedToolDto, { maxItems: 10_000, nullable: true })
  tools?: RefreshedToolDto[] | null;
}
