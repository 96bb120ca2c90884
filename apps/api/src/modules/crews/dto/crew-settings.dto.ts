import { ChoiceField, FlagField, IntegerField, NumberField, TextField, TextListField } from '#http';
import { type NetworkMode, networkModes } from '../crews.types.js';

/** What a crew is beside its name. Container settings are kept for the runtime; nothing here runs containers. */
export class CrewSettingsDto {
  /** What the crew is for. */
  @TextField({ max: 10_000, nullable: true })
  description?: string | null;

  /** Colour to show. */
  @TextField({ max: 64, nullable: true, example: '#4f46e5' })
  color?: string | null;

  /** Icon to show. */
  @TextField({ max: 255, nullable: true })
  icon?: string | null;

  /** Style of the members' avatars. */
  @TextField({ max: 255, nullable: true })
  avatar_style?: string | null;

  /** What the containers may reach; `restricted` unless told. Stored, not enforced: nothing here runs containers. */
  @ChoiceField(networkModes, { enumName: 'NetworkMode', message: "network_mode must be 'free' or 'restricted'" })
  network_mode?: NetworkMode;

  /** Domains that a restricted crew may reach; `*.` covers subdomains. */
  @TextListField({ maxItems: 500, maxLength: 255, example: ['example.com'] })
  allowed_domains?: string[];

  /** Memory of a container in MiB: 0 for the default, or at least 6; 4096 unless told. */
  @IntegerField({ min: 0, max: 262_144, example: 4096 })
  container_memory_mb?: number;

  /** Processors of a container: 0 for the default, or at least 0.01; 2 unless told. */
  @NumberField({ min: 0, max: 512, example: 2 })
  container_cpus?: number;

  /** Hours after which an idle container ends. */
  @IntegerField({ min: 0, max: 2_147_483_647, nullable: true, message: 'container_ttl_hours cannot be negative' })
  container_ttl_hours?: number | null;

  /** Whether agents may reach private addresses. Only who manages the workspace may say true. */
  @FlagField()
  allow_private_endpoints?: boolean;

  /** `{"mcpServers": {…}}`. Servers that the crew does not have by name become crew integrations; secrets are shown as `***`. */
  @TextField({ max: 65_536, nullable: true, example: '{"mcpServers":{"docs":{"url":"https://mcp.example.com/mcp"}}}' })
  mcp_config_json?: string | null;

  /** Escalation settings, as text. */
  @TextField({ max: 65_536, nullable: true })
  escalation_config?: string | null;

  /** Image of the containers. */
  @TextField({ max: 1024, nullable: true })
  runtime_image?: string | null;

  /** Devcontainer settings, as text. */
  @TextField({ max: 65_536, nullable: true })
  devcontainer_config?: string | null;

  /** Settings of mise, as text. */
  @TextField({ max: 65_536, nullable: true })
  mise_config?: string | null;

  /** Services beside the containers, as text. */
  @TextField({ max: 65_536, nullable: true })
  services_json?: string | null;

  /** Prefix of the crew's issue numbers. */
  @TextField({ max: 32, nullable: true })
  issue_prefix?: string | null;

  /** Most agents that the crew may hire for a while; 10 unless told. */
  @IntegerField({ min: 0, max: 10_000, example: 10 })
  max_ephemeral_agents?: number;
}
