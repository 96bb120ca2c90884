import type {
  RegistryArgumentResponse,
  RegistryInputResponse,
  RegistryVariableResponse,
} from './dto/registry-input.response.js';
import type {
  RegistryPackageResponse,
  RegistryRemoteResponse,
  RegistryServerResponse,
} from './dto/registry-server.response.js';
import type { RegistryServer } from './mcp-registry.types.js';
import type {
  RegistryArgument,
  RegistryInput,
  RegistryPackage,
  RegistryRemote,
  RegistryTemplate,
} from './registry-entry.schema.js';
import { summaryInputs } from './registry-summary.js';
import { urlVariables } from './registry-variables.js';

/** An entry as it is answered. */
export function toRegistryServerResponse(server: RegistryServer): RegistryServerResponse {
  return {
    id: server.name,
    name: server.name,
    display_name: server.displayName,
    description: server.description,
    icon: server.icon,
    transport: server.transport,
    homepage_url: server.homepageUrl,
    source_url: server.sourceUrl,
    package_name: server.packageName,
    package_registry: server.packageRegistry,
    command: server.command,
    endpoint: server.endpoint,
    auth_type: server.authType,
    env_vars_json: JSON.stringify(summaryInputs(server).map(shortInput)),
    category: server.category,
    is_verified: server.status === 'active',
    trust_tier: server.trustTier,
    is_featured: server.isFeatured,
    synced_at: server.syncedAt.toISOString(),
    version: server.version,
    status: server.status,
    published_at: server.publishedAt?.toISOString() ?? null,
    updated_at: server.upstreamUpdatedAt?.toISOString() ?? null,
    packages: server.packages.map(toPackage),
    remotes: server.remotes.map(toRemote),
  };
}

/** An input as it is answered, also among the ones that an installation lacks. */
export function toVariable(name: string, input: RegistryInput): RegistryVariableResponse {
  return {
    name,
    description: input.description,
    is_required: input.isRequired,
    is_secret: input.isSecret,
    format: input.format,
    value: input.value,
    default_value: input.default,
    placeholder: input.placeholder,
    choices: input.choices,
  };
}

function toPackage(one: RegistryPackage): RegistryPackageResponse {
  return {
    registry_type: one.registryType,
    registry_base_url: one.registryBaseUrl,
    identifier: one.identifier,
    version: one.version,
    file_sha256: one.fileSha256,
    runtime_hint: one.runtimeHint,
    transport: one.transport.type,
    transport_url: one.transport.url,
    runtime_arguments: one.runtimeArguments.map(toArgument),
    package_arguments: one.packageArguments.map(toArgument),
    environment_variables: one.environmentVariables.map((each) => toInput(each.name, each)),
  };
}

function toRemote(remote: RegistryRemote): RegistryRemoteResponse {
  return {
    type: remote.type,
    url: remote.url,
    http_headers: remote.headers.map((each) => toInput(each.name, each)),
    variables: Object.entries(urlVariables(remote)).map(([name, input]) => toVariable(name, input)),
  };
}

function toInput(name: string, template: RegistryTemplate): RegistryInputResponse {
  const variables = Object.entries(template.variables).map(([key, input]) => toVariable(key, input));
  return { ...toVariable(name, template), variables };
}

function toArgument(argument: RegistryArgument): RegistryArgumentResponse {
  const { type, name, valueHint, isRepeated } = argument;
  return { ...toInput(name || valueHint, argument), type, is_repeated: isRepeated };
}

function shortInput({ name, description, isRequired, isSecret }: RegistryInput & { name: string }) {
  return { name, description, isRequired, isSecret };
}
