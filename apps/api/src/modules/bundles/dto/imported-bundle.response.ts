import { ApiProperty } from '@nestjs/swagger';

/** A workspace that was made. */
export class ImportedWorkspaceResponse {
  /** Its new id. The one in the bundle is kept as `source_bundle_id`. */
  workspace_id: string;

  /** Name, as in the bundle. */
  name: string;

  /** Slug: the bundle's where it was free. */
  slug: string;

  /** Always `provisioning`: its files are there to be fetched, and no agent has reported yet. */
  @ApiProperty({ enum: ['provisioning'], enumName: 'ImportedWorkspaceStatus' })
  status: 'provisioning';

  /** The workspaces below it. */
  @ApiProperty({ type: () => [ImportedWorkspaceResponse] })
  children: ImportedWorkspaceResponse[];
}

/** A secret that the bundle names and does not hold. */
export class MissingSecretResponse {
  /** Workspace that waits for it. */
  workspace_id: string;

  /** Name of that workspace. */
  workspace: string;

  /** What it belongs to. `oauth` is connected by a person, the others are entered. */
  @ApiProperty({ enum: ['credential', 'oauth', 'channel'], enumName: 'MissingSecretKind' })
  kind: 'credential' | 'oauth' | 'channel';

  /** Name of the credential, or the channel's type and field. */
  name: string;
}

/** How much an import made, in all workspaces together. */
export class ImportReportResponse {
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
export class ImportedBundleResponse extends ImportedWorkspaceResponse {
  /** Secrets that somebody has to enter; until then nothing that needs them is delivered. */
  missing_secrets: MissingSecretResponse[];

  /** How much was made. */
  report: ImportReportResponse;
}
