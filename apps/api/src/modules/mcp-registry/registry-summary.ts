import type { EntrySummary } from './mcp-registry.types.js';
import type { RegistryNamedInput, RegistryPackage, RegistryRemote } from './registry-entry.schema.js';

/** What runs packages of a kind, where their publisher does not say. */
export const runtimes: Readonly<Record<string, string>> = { npm: 'npx', pypi: 'uvx', oci: 'docker', nuget: 'dnx' };

interface Ways {
  packages: readonly RegistryPackage[];
  remotes: readonly RegistryRemote[];
}

/** The remote that is used unless another is asked for: the first over streamable HTTP, else the first. */
export function bestRemote(remotes: readonly RegistryRemote[]): RegistryRemote | undefined {
  return remotes.find(({ type }) => type === 'streamable-http') ?? remotes[0];
}

/** The one-line fields of an entry: by its best remote, else by its first package. */
export function summaryOf({ packages, remotes }: Ways): EntrySummary {
  const remote = bestRemote(remotes);
  const first = packages[0];
  const named = { packageName: first?.identifier ?? '', packageRegistry: first?.registryType ?? '' };
  if (remote) {
    return { ...named, transport: remote.type, endpoint: remote.url, command: '', authType: authOf(remote.headers) };
  }
  return {
    ...named,
    transport: first?.transport.type ?? 'stdio',
    endpoint: first?.transport.url ?? '',
    command: first ? first.runtimeHint || (runtimes[first.registryType] ?? '') : '',
    authType: authOf(first?.transport.headers ?? []),
  };
}

/** What the way of {@link summaryOf} asks for: a remote's headers, a package's environment. */
export function summaryInputs({ packages, remotes }: Ways): readonly RegistryNamedInput[] {
  return bestRemote(remotes)?.headers ?? packages[0]?.environmentVariables ?? [];
}

function authOf(headers: readonly RegistryNamedInput[]): string {
  return headers.length > 0 ? 'header' : '';
}
