import { AppError } from '#kernel';
import type { EffectiveServer } from '#resolver-core';
import {
  credentialNamesIn,
  type JsonObject,
  type LiteralOwner,
  listPlaceholders,
  parseArgsJson,
  parseConfigJson,
  parseEnvJson,
} from '#vault';
import type { ServerProblem } from './server-access.types.js';

/** The settings of a server, read and not yet rendered. What cannot be read is empty and one of `problems`. */
export interface ParsedServer {
  endpoint: string | null;
  args: readonly string[] | null;
  env: ReadonlyMap<string, string>;
  config: JsonObject | null;
  headers: ReadonlyMap<string, string>;
  problems: readonly ServerProblem[];
}

/** Reads all settings of a server. */
export function parseServer(server: EffectiveServer): ParsedServer {
  const problems: ServerProblem[] = [];
  const read = <T>(field: string, text: string | null, parse: (text: string) => T): T | null => {
    try {
      return text === null ? null : parse(text);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'invalid') throw error;
      problems.push({ code: 'settings_unreadable', field, message: `${error.message}; save it again`, references: [] });
      return null;
    }
  };
  const config = read('config', server.configJson, parseConfigJson);
  return {
    endpoint: server.endpoint,
    args: read('args', server.argsJson, parseArgsJson),
    env: read('env', server.envJson, parseEnvJson) ?? new Map(),
    config: config?.config ?? null,
    headers: config?.headers ?? new Map(),
    problems,
  };
}

/** Names of the credentials that the settings refer to. */
export function namesIn({ endpoint, args, env, config }: ParsedServer): string[] {
  return credentialNamesIn([endpoint ?? '', [...(args ?? [])], [...env.values()], config]);
}

/** The rows that were merged into a server: only their literals may be put into it. */
export function mergedRows({ serverId, scope, overrides, bindingIds }: EffectiveServer): LiteralOwner[] {
  return [
    { kind: scope, rowId: serverId },
    ...(overrides === null ? [] : [{ kind: 'workspace' as const, rowId: overrides }]),
    ...bindingIds.map((rowId) => ({ kind: 'binding' as const, rowId })),
  ];
}

/** Those of the merged rows whose literals the settings stand for. */
export function literalOwnersOf(server: EffectiveServer): LiteralOwner[] {
  const texts = [server.endpoint, server.argsJson, server.envJson, server.configJson];
  const wanted = new Set(texts.flatMap((text) => listPlaceholders(text ?? '')).map(({ owner }) => ownerKey(owner)));
  return mergedRows(server).filter((owner) => wanted.has(ownerKey(owner)));
}

/** One text for a row of any level. */
export function ownerKey({ kind, rowId }: LiteralOwner): string {
  return `${kind}:${rowId}`;
}
