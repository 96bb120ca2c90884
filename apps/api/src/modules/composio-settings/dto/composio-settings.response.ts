import { ApiProperty } from '@nestjs/swagger';

/** Which key to Composio counts for the workspace. The key itself is never shown. */
export class ComposioSettingsResponse {
  /** Whether there is a key, the workspace's own or the server's. */
  configured: boolean;

  /** Where the key comes from. The workspace's own goes before the server's. */
  @ApiProperty({ enum: ['workspace', 'env', 'none'], enumName: 'ComposioKeySource' })
  source: 'workspace' | 'env' | 'none';

  /** Name of the project behind the workspace's own key. Absent when it has none. */
  label?: string;
}
