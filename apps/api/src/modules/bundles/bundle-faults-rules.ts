import type { FieldError } from '#kernel';
import { collisionKey, safeRelativePath } from '#sources';
import type { Bundle } from './bundle.schema.js';
import { bundleLimits } from './bundle-limits-rules.js';

const mostFaults = 50;

/** A workspace of a bundle with its place: empty, or `sub_workspaces.0.`. */
export interface PlacedBundle {
  bundle: Bundle;
  at: string;
  /** Place of the workspace above it in the list; null for the outermost. */
  parent: number | null;
}

/** Every workspace of the tree, each after the one above it. */
export function listBundles(root: Bundle): PlacedBundle[] {
  const placed: PlacedBundle[] = [{ bundle: root, at: '', parent: null }];
  for (let index = 0; index < placed.length; index += 1) {
    const above = placed[index];
    if (!above) break;
    for (const [child, bundle] of above.bundle.sub_workspaces.entries()) {
      placed.push({ bundle, at: `${above.at}sub_workspaces.${child}.`, parent: index });
    }
  }
  return placed;
}

/** What one part of a bundle means for another: duplicates, references that lead nowhere, paths that leave the root. */
export function findBundleFaults(placed: readonly PlacedBundle[]): FieldError[] {
  const rows = placed.reduce((sum, { bundle }) => sum + countRows(bundle), 0);
  if (rows > bundleLimits.rows) {
    return [
      {
        field: 'sub_workspaces',
        code: 'too_many',
        message: `a bundle has at most ${bundleLimits.rows} entries in all`,
      },
    ];
  }
  return placed.flatMap(({ bundle, at }) => faultsOf(bundle, at)).slice(0, mostFaults);
}

function countRows(bundle: Bundle): number {
  const servers = [...bundle.integrations, ...bundle.crew_integrations];
  const lists = [
    bundle.crews,
    bundle.agents,
    bundle.credentials,
    bundle.credential_grants,
    servers,
    bundle.agent_bindings,
  ];
  const written = [bundle.schedules, bundle.channels, bundle.plugins, bundle.delivery_endpoints];
  return [...lists, ...written].reduce((sum, list) => sum + list.length, 1);
}

function faultsOf(bundle: Bundle, at: string): FieldError[] {
  return [
    ...duplicates(bundle, at),
    ...pathFaults(bundle, at),
    ...referenceFaults(bundle, at),
    ...leadFaults(bundle, at),
  ];
}

function duplicates(bundle: Bundle, at: string): FieldError[] {
  const pair = (...parts: (string | null)[]) => JSON.stringify(parts);
  const servers = [
    ...bundle.integrations.map((each, index) => ({ tools: each.tools, list: `integrations.${index}.tools` })),
    ...bundle.crew_integrations.map((each, index) => ({ tools: each.tools, list: `crew_integrations.${index}.tools` })),
  ];
  return [
    ...repeated(at, 'crews', bundle.crews, ({ slug }) => slug),
    ...repeated(at, 'agents', bundle.agents, ({ slug }) => slug),
    ...repeated(at, 'credentials', bundle.credentials, ({ name }) => name.trim()),
    ...repeated(at, 'integrations', bundle.integrations, ({ name }) => name),
    ...repeated(at, 'crew_integrations', bundle.crew_integrations, ({ crew, name }) => pair(crew, name)),
    ...repeated(at, 'agent_bindings', bundle.agent_bindings, ({ agent, server }) =>
      pair(agent, server.level, server.name),
    ),
    ...repeated(at, 'credential_grants', bundle.credential_grants, ({ agent, credential }) => pair(agent, credential)),
    ...repeated(at, 'schedules', bundle.schedules, ({ name }) => name),
    ...repeated(at, 'channels', bundle.channels, ({ channel_type }) => channel_type),
    ...repeated(at, 'plugins', bundle.plugins, ({ name }) => name),
    ...repeated(at, 'delivery_endpoints', bundle.delivery_endpoints, ({ agent }) => pair(agent)),
    ...repeated(at, 'skills', bundle.skills, ({ id }) => collisionKey(id)),
    ...servers.flatMap(({ tools, list }) => repeated(at, list, tools, ({ name }) => name)),
  ];
}

function repeated<T>(at: string, list: string, items: readonly T[], keyOf: (item: T) => string): FieldError[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ field: `${at}${list}.${index}`, code: 'duplicate', message: 'has the name of an earlier entry' }];
  });
}

function pathFaults(bundle: Bundle, at: string): FieldError[] {
  const skills = bundle.skills.flatMap(({ id, files }, index) => {
    const place = `${at}skills.${index}`;
    const wrongId = id.includes('/') || safeRelativePath(id) !== id;
    return [...(wrongId ? [badPath(`${place}.id`)] : []), ...wrongPaths(`${place}.files`, files)];
  });
  const files = [...wrongPaths(`${at}prompts`, bundle.prompts), ...wrongPaths(`${at}files`, bundle.files)];
  const faults = [...skills, ...files];
  return faults.length > 0 ? faults : collisions(bundle, at);
}

function wrongPaths(place: string, files: Readonly<Record<string, string>>): FieldError[] {
  const wrong = Object.keys(files).filter((path) => safeRelativePath(path) !== path);
  return wrong.map((path) => badPath(`${place}.${path.slice(0, 100)}`));
}

function badPath(field: string): FieldError {
  return { field, code: 'bad_path', message: 'must be a relative path inside the workspace, in its shortest form' };
}

/** The files that a bundle brings, by path, apart from the system prompt. */
export function bundledFiles({ prompts, files, skills }: Bundle): [path: string, content: string][] {
  const ofSkills = skills.flatMap(({ id, files: own }) =>
    Object.entries(own).map(([path, content]): [string, string] => [`skills/${id}/${path}`, content]),
  );
  return [...Object.entries(prompts), ...Object.entries(files), ...ofSkills];
}

function collisions(bundle: Bundle, at: string): FieldError[] {
  const paths = bundledFiles(bundle).map(([path]) => path);
  if (paths.length > bundleLimits.files) {
    return [{ field: `${at}files`, code: 'too_many', message: `a workspace has at most ${bundleLimits.files} files` }];
  }
  return repeated(at, 'files', paths, collisionKey);
}

function referenceFaults(bundle: Bundle, at: string): FieldError[] {
  const credentials = new Set(bundle.credentials.map(({ name }) => name));
  const crews = new Set(bundle.crews.map(({ slug }) => slug));
  const crewOf = new Map(bundle.agents.map(({ slug, crew }) => [slug, crew]));
  const integrations = new Set(bundle.integrations.map(({ name }) => name));
  const crewServers = new Set(bundle.crew_integrations.map(({ crew, name }) => JSON.stringify([crew, name])));
  const missing = (field: string, isThere: boolean): FieldError[] =>
    isThere
      ? []
      : [{ field: `${at}${field}`, code: 'not_found', message: 'names nothing in this workspace of the bundle' }];
  const optional = (field: string, key: string | null, known: { has(key: string): boolean }) =>
    missing(field, key === null || known.has(key));
  const agents = [bundle.schedules, bundle.channels, bundle.delivery_endpoints];
  const lists = ['schedules', 'channels', 'delivery_endpoints'];
  return [
    ...bundle.agents.flatMap((each, i) => optional(`agents.${i}.crew`, each.crew, crews)),
    ...bundle.credentials.flatMap((each, i) =>
      each.crews.flatMap((crew) => optional(`credentials.${i}.crews`, crew, crews)),
    ),
    ...bundle.credential_grants.flatMap((each, i) => [
      ...optional(`credential_grants.${i}.agent`, each.agent, crewOf),
      ...optional(`credential_grants.${i}.credential`, each.credential, credentials),
    ]),
    ...bundle.integrations.flatMap((each, i) => optional(`integrations.${i}.credential`, each.credential, credentials)),
    ...bundle.crew_integrations.flatMap((each, i) => [
      ...optional(`crew_integrations.${i}.crew`, each.crew, crews),
      ...optional(`crew_integrations.${i}.overrides`, each.overrides, integrations),
      ...optional(`crew_integrations.${i}.credential`, each.credential, credentials),
    ]),
    ...bundle.agent_bindings.flatMap(({ agent, server, credential }, i) => [
      ...optional(`agent_bindings.${i}.agent`, agent, crewOf),
      ...optional(`agent_bindings.${i}.credential`, credential, credentials),
      ...(server.level === 'workspace'
        ? optional(`agent_bindings.${i}.server`, server.name, integrations)
        : missing(
            `agent_bindings.${i}.server`,
            crewServers.has(JSON.stringify([crewOf.get(agent) ?? null, server.name])),
          )),
    ]),
    ...agents.flatMap((items, n) => items.flatMap(({ agent }, i) => optional(`${lists[n]}.${i}.agent`, agent, crewOf))),
  ];
}

function leadFaults({ agents, credentials }: Bundle, at: string): FieldError[] {
  const led = new Set<string>();
  const leads = agents.flatMap(({ agent_role, crew }, index) => {
    if (agent_role !== 'LEAD') return [];
    const fault = crew === null ? 'a lead needs a crew' : led.has(crew) ? 'the crew has a lead already' : null;
    led.add(crew ?? '');
    return fault === null ? [] : [{ field: `${at}agents.${index}.agent_role`, code: 'lead', message: fault }];
  });
  const scopes = credentials.flatMap(({ scope, crews }, index) => {
    if ((scope === 'CREW') === crews.length > 0) return [];
    return [
      { field: `${at}credentials.${index}.crews`, code: 'scope', message: 'scope CREW names crews, WORKSPACE none' },
    ];
  });
  return [...leads, ...scopes];
}
