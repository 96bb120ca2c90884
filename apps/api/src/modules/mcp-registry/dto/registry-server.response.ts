import { ApiProperty } from '@nestjs/swagger';
import { type EntryStatus, entryStatuses, type TrustTier, trustTiers } from '../mcp-registry.types.js';
import {
  RegistryArgumentResponse,
  RegistryInputResponse,
  RegistryVariableResponse,
} from './registry-input.response.js';

const packageTransports = ['stdio', 'streamable-http', 'sse'] as const;
const remoteTransports = ['streamable-http', 'sse'] as const;

/** A way to run the server where its agents are. */
export class RegistryPackageResponse {
  /** Kind of package: `npm`, `pypi`, `oci`, `nuget`, `cargo`, `mcpb`. */
  @ApiProperty({ maxLength: 50, example: 'npm' })
  registry_type: string;

  /** Where packages of that kind come from; "" for the usual place. */
  @ApiProperty({ maxLength: 2048, example: 'https://registry.npmjs.org' })
  registry_base_url: string;

  /** Name of the package, image or file. */
  @ApiProperty({ maxLength: 1024, example: '@example/github-mcp' })
  identifier: string;

  /** Its version; "" where the identifier holds it. */
  @ApiProperty({ maxLength: 255, example: '1.4.0' })
  version: string;

  /** SHA-256 of its file, "" when not published. */
  @ApiProperty({ maxLength: 64, example: '' })
  file_sha256: string;

  /** What runs it, by its publisher's advice. */
  @ApiProperty({ maxLength: 100, example: 'npx' })
  runtime_hint: string;

  /** How it speaks once it runs. */
  @ApiProperty({ enum: packageTransports, enumName: 'RegistryPackageTransport' })
  transport: (typeof packageTransports)[number];

  /** Where it listens once it runs; "" for stdio. */
  @ApiProperty({ maxLength: 2048, example: '' })
  transport_url: string;

  /** Arguments of what runs it. */
  @ApiProperty({ type: () => [RegistryArgumentResponse], maxItems: 100 })
  runtime_arguments: RegistryArgumentResponse[];

  /** Arguments of the server itself. */
  @ApiProperty({ type: () => [RegistryArgumentResponse], maxItems: 100 })
  package_arguments: RegistryArgumentResponse[];

  /** Its environment. */
  @ApiProperty({ type: () => [RegistryInputResponse], maxItems: 100 })
  environment_variables: RegistryInputResponse[];
}

/** A place where the server runs already. */
export class RegistryRemoteResponse {
  /** How it speaks. */
  @ApiProperty({ enum: remoteTransports, enumName: 'RegistryRemoteTransport' })
  type: (typeof remoteTransports)[number];

  /** Its URL as published; `{name}` stands for a variable. */
  @ApiProperty({ maxLength: 2048, example: 'https://{tenant}.mcp.example.com/mcp' })
  url: string;

  /** Headers to send. */
  @ApiProperty({ type: () => [RegistryInputResponse], maxItems: 50 })
  http_headers: RegistryInputResponse[];

  /** Variables of the URL. */
  @ApiProperty({ type: () => [RegistryVariableResponse], maxItems: 100 })
  variables: RegistryVariableResponse[];
}

/** An MCP server of the public registry, by its latest version (seed 000, "MCP Registry"). */
export class RegistryServerResponse {
  /** Same as `name`. */
  @ApiProperty({ maxLength: 200, pattern: '^[a-zA-Z0-9._/-]+$', example: 'io.github.example/github-mcp' })
  id: string;

  /** Name in the registry: namespace, slash, server. */
  @ApiProperty({ maxLength: 200, pattern: '^[a-zA-Z0-9._/-]+$', example: 'io.github.example/github-mcp' })
  name: string;

  /** Name shown to people; the name unless the publisher gave a title. */
  @ApiProperty({ maxLength: 255 })
  display_name: string;

  /** What it does. */
  @ApiProperty({ maxLength: 1000, example: 'Issues and pull requests of GitHub' })
  description: string;

  /** URL of its icon (https), or "". */
  @ApiProperty({ maxLength: 2048, example: '' })
  icon: string;

  /** How it is reached: by its best remote (streamable HTTP first), else by its first package. */
  @ApiProperty({ maxLength: 50, example: 'streamable-http' })
  transport: string;

  /** Its home page, or "". */
  @ApiProperty({ maxLength: 2048, example: '' })
  homepage_url: string;

  /** Its source code, or "". */
  @ApiProperty({ maxLength: 2048, example: 'https://github.com/example/github-mcp' })
  source_url: string;

  /** Identifier of its first package, or "". */
  @ApiProperty({ maxLength: 1024, example: '' })
  package_name: string;

  /** Kind of that package, or "". */
  @ApiProperty({ maxLength: 50, example: '' })
  package_registry: string;

  /** What runs that package, or "" where a remote is used. */
  @ApiProperty({ maxLength: 100, example: '' })
  command: string;

  /** URL of the best remote as published, variables in braces, or "". */
  @ApiProperty({ maxLength: 2048, example: 'https://mcp.example.com/mcp' })
  endpoint: string;

  /** `header` where the way that `transport` names takes headers, else "". */
  @ApiProperty({ maxLength: 50, example: 'header' })
  auth_type: string;

  /** JSON array of `{name, description, isRequired, isSecret}`: the environment or the headers of that way. */
  env_vars_json: string;

  /** Given here, never by the registry; "" for none. */
  @ApiProperty({ maxLength: 100, example: '' })
  category: string;

  /**
   * Whether the registry lists it as active. The registry checks who owns a namespace when something is published in it,
   * and nothing of what the server does.
   */
  is_verified: boolean;

  /** How far it is trusted. Given here, never by the registry: `community` unless somebody judged it. */
  @ApiProperty({ enum: trustTiers, enumName: 'TrustTier' })
  trust_tier: TrustTier;

  /** Whether it stands at the head of lists. Given here, never by the registry. */
  is_featured: boolean;

  /** When it was last seen in the registry (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  synced_at: string;

  /** Latest version. */
  @ApiProperty({ maxLength: 255, example: '1.4.0' })
  version: string;

  /** What the registry says of it. */
  @ApiProperty({ enum: entryStatuses, enumName: 'RegistryServerStatus' })
  status: EntryStatus;

  /** When this version was published. */
  @ApiProperty({ format: 'date-time' })
  published_at: string | null;

  /** When the registry last changed the entry. */
  @ApiProperty({ format: 'date-time' })
  updated_at: string | null;

  /** Ways to run it, all of them. */
  @ApiProperty({ type: () => [RegistryPackageResponse], maxItems: 20 })
  packages: RegistryPackageResponse[];

  /** Places where it runs already, all of them. */
  @ApiProperty({ type: () => [RegistryRemoteResponse], maxItems: 20 })
  remotes: RegistryRemoteResponse[];
}
