import type { RegistryServer } from '../mcp-registry.types.js';
import type { RegistryPackage, RegistryRemote } from '../registry-entry.schema.js';
import { bestRemote } from '../registry-summary.js';
import { installErrors } from './install.errors.js';
import { packageFault } from './package-command.js';

/** One of the ways to reach a server. */
export type InstallableWay = { kind: 'remote'; remote: RegistryRemote } | { kind: 'package'; one: RegistryPackage };

/** Which way is wanted: by its place from 0, or by the kind of package. Neither: the best one that works here. */
export interface WayWish {
  package?: unknown;
  remote?: unknown;
}

/**
 * The way that is wanted.
 * @throws AppError 400 when the entry has it not, 422 when it cannot be used here, with the reason.
 */
export function wayOf({ packages, remotes }: RegistryServer, wish: WayWish): InstallableWay {
  const given = { package: wish.package === '' ? null : (wish.package ?? null), remote: wish.remote ?? null };
  if (given.package !== null && given.remote !== null) throw installErrors.oneWay();
  if (given.remote !== null) {
    const remote = typeof given.remote === 'number' ? remotes[given.remote] : undefined;
    if (!remote) throw noSuchWay('remote', remotes.length);
    return usable({ kind: 'remote', remote });
  }
  if (given.package !== null) {
    const one = packages.find(({ registryType }, place) => given.package === registryType || given.package === place);
    if (!one) throw noSuchWay('package', packages.length);
    return usable({ kind: 'package', one });
  }
  return bestWay({ packages, remotes });
}

function bestWay({ packages, remotes }: Pick<RegistryServer, 'packages' | 'remotes'>): InstallableWay {
  const remote = bestRemote(remotes);
  const ways: InstallableWay[] = [
    ...(remote ? [{ kind: 'remote' as const, remote }] : []),
    ...packages.map((one) => ({ kind: 'package' as const, one })),
  ];
  const first = ways.find((way) => faultOf(way) === null) ?? ways[0];
  if (!first) throw installErrors.unusable({ params: { reason: 'The entry has neither a package nor a remote' } });
  return usable(first);
}

function usable(way: InstallableWay): InstallableWay {
  const reason = faultOf(way);
  if (reason !== null) throw installErrors.unusable({ params: { reason } });
  return way;
}

function faultOf(way: InstallableWay): string | null {
  if (way.kind === 'package') return packageFault(way.one);
  return way.remote.type === 'streamable-http'
    ? null
    : 'This remote speaks SSE only, which MCP has given up and agents here do not speak; choose another way';
}

function noSuchWay(kind: 'package' | 'remote', count: number) {
  const message = `${kind} names none of the entry’s ${count} ${kind}s`;
  return installErrors.noSuchWay({ params: { kind, count }, fields: [{ field: kind, code: 'not_found', message }] });
}
