import { ChoiceField, FlagField, IdField, TextField } from '#http';
import {
  type CredType,
  credTypes,
  type Transport,
  transports,
  type Visibility,
  visibilities,
} from '../../server-settings/server-settings.types.js';
import { serverScopes } from './resolved-integration.response.js';

/** What is done to a row. */
export const previewOperations = ['upsert', 'delete'] as const;

/** Settings of a server that a preview may set. Absent members stay as they are. */
export class PreviewServerFieldsDto {
  /** Name of a new server. */
  @TextField({ max: 255, example: 'github-mcp' })
  name?: string;

  /** Workspace server that a new crew row overrides. */
  @IdField({ nullable: true })
  workspace_mcp_server_id?: string | null;

  /** Name shown to people; null inherits in a crew row. */
  @TextField({ max: 255, nullable: true })
  display_name?: string | null;

  /** How the server is reached; null inherits in a crew row. */
  @ChoiceField(transports, { enumName: 'Transport', nullable: true })
  transport?: Transport | null;

  /** URL of the server. */
  @TextField({ max: 2048, nullable: true })
  endpoint?: string | null;

  /** Executable to start. */
  @TextField({ max: 1024, nullable: true })
  command?: string | null;

  /** JSON array of the command's arguments. */
  @TextField({ max: 65_536, nullable: true })
  args_json?: string | null;

  /** JSON object of environment variables. */
  @TextField({ max: 65_536, nullable: true })
  env_json?: string | null;

  /** JSON object of further settings. */
  @TextField({ max: 65_536, nullable: true })
  config_json?: string | null;

  /** Icon to show. */
  @TextField({ max: 255, nullable: true })
  icon?: string | null;

  /** Whether the row is on. */
  @FlagField({ example: false })
  enabled?: boolean;

  /** Whether the workspace's "off" holds for everybody. Workspace servers only. */
  @FlagField()
  locked?: boolean;

  /** Who sees the server; null inherits in a crew row. */
  @ChoiceField(visibilities, { enumName: 'Visibility', nullable: true })
  visibility?: Visibility | null;

  /** Credential for everybody whose binding names no other; null or `""` takes it away. */
  @IdField({ nullable: true })
  credential_id?: string | null;

  /** How that credential travels. */
  @ChoiceField(credTypes, { enumName: 'CredType', nullable: true })
  cred_type?: CredType | null;

  /** Header for `api_key`. */
  @TextField({ max: 255, nullable: true })
  cred_header?: string | null;

  /** Environment variable for `stdio`. */
  @TextField({ max: 255, nullable: true })
  env_var_name?: string | null;
}

/** Settings of a binding that a preview may set. Absent members stay as they are. */
export class PreviewBindingFieldsDto {
  /** Server of a new binding. */
  @IdField()
  mcp_server_id?: string;

  /** Level of that server. */
  @ChoiceField(serverScopes, { enumName: 'ServerScope' })
  mcp_server_scope?: 'workspace' | 'crew';

  /** False opts the agent out. */
  @FlagField()
  enabled?: boolean;

  /** Credential to attach. */
  @IdField({ nullable: true })
  credential_id?: string | null;

  /** How the credential travels. */
  @ChoiceField(['bearer', 'api_key', 'basic'], { enumName: 'CredentialType' })
  cred_type?: 'bearer' | 'api_key' | 'basic';

  /** Header for `api_key`. */
  @TextField({ max: 255, nullable: true })
  cred_header?: string | null;

  /** Environment variable for `stdio`. */
  @TextField({ max: 255, nullable: true })
  env_var_name?: string | null;

  /** Merge patch (RFC 7396) on the server's configuration. */
  @TextField({ max: 65_536, nullable: true })
  config_override_json?: string | null;
}

/** Settings of a recorded tool that a preview may set. */
export class PreviewToolFieldsDto {
  /** Whether the tool is offered. */
  @FlagField()
  enabled?: boolean;
}
