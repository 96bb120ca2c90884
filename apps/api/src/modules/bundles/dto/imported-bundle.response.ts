import { ApiProperty } from '@nestjs/swagger';

/** A workspace that was made. */
export class BundleWorkspaceResponse {
  /** Its new id. The one in the bundle is kept as `source_bundle_id`. */
  workspace_id: string;

  /** Name, as in the bundle. */
  name: string;

  /** Slug: the bundle's where it was free. */
  slug: string;

  /** Always `provisioning`: its files are there to be fetched, and no agent has reported yet. */
  @ApiProperty({ enum: ['provisioning'], enumName: 'BundleWorkspaceStatus' })
  status: 'provisioning';

  /** The workspaces below it. */
  @ApiProperty({ type: () => [BundleWorkspaceResponse] })
  children: BundleWorkspaceResponse[];
}

/** A secret that the bundle names and does not hold. */
export class BundleSecretResponse {
  /** Workspace that waits for it. */
  workspace_id: string;

  /** Name of that workspace. */
  workspace: string;

  /**
   * What it belongs to. Credentials and channels are entered, `oauth` is connected by a person; a delivery endpoint has a new
   * key of its own and is disabled until it is set again: `rotate_secret` shows the key.
   */
  @ApiProperty({ enum: ['credential', 'oauth', 'channel', 'delivery_endpoint'], enumName: 'MissingSecretKind' })
  kind: 'credential' | 'oauth' | 'channel' | 'delivery_endpoint';

  /** Name of the credential, the channel's type and field, the agent's slug or `workspace`. */
  name: string;
}

/** How much an import made, in all workspaces together. */
export class BundleReportResponse {
  /** Workspaces. */
  workspaces: number;

  /** Crews. */
  crews: number;

  /** Agents. */
  agents: number;

  /** Credentials, most of them without a value. */
  credentials: number;

  /** MCP servers of workspaces and crews. */
  integrations: number;

  /** Bindings of agents to servers. */
  agent_bindings: number;

  /** Schedules. */
  schedules: number;

  /** Chat channels, switched off until their secrets are entered. */
  channels: number;

  /** Memories. */
  memories: number;

  /** Plugins, which are fetched soon after. */
  plugins: number;
}

/** What an import made, and what is still to be done. */
export class ImportedBundleResponse extends BundleWorkspaceResponse {
  /** Secrets that somebody has to enter; until then nothing that needs them is delivered. */
  missing_secrets: BundleSecretResponse[];

  /** How much was made. */
  report: BundleReportResponse;
}
