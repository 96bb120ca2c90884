import { Injectable } from '@nestjs/common';
import { checkEndpoint, Egress } from '#egress';
import type { Secret, WorkspaceScope } from '#kernel';
import {
  earlierLiterals,
  extractLiterals,
  type LiteralOwner,
  type LiteralTexts,
  mergeLiterals,
  packLiterals,
  parseArgsJson,
  referenceFaults,
  type SealedPlace,
  ServerConfigFaults,
  unpackLiterals,
  Vault,
} from '#vault';
import { blankToNullIfGiven } from './connection-rules.js';
import { listCredentialNames } from './credential-names.js';
import { CredentialNamesRepository } from './credential-names.repository.js';
import { keptSecrets } from './kept-secrets-rules.js';
import { serverSettingsErrors } from './server-settings.errors.js';
import type { ServerSettings, SettingsWarning } from './server-settings.types.js';

/** The row that settings are written to, and what it holds now. */
export interface SettingsTarget {
  owner: LiteralOwner;
  /** Where the row's sealed literals are stored. */
  place: SealedPlace;
  /** What is stored now; null for a row that is being created. */
  stored: { envJson: string | null; configJson: string | null; sealedLiterals: string | null } | null;
}

/** Columns that may be stored: checked, literals sealed, placeholders in their place. What was not given is not there. */
export interface PreparedColumns {
  argsJson?: string | null;
  envJson?: string | null;
  configJson?: string | null;
  /** Present when a column that may hold literals was given. */
  sealedLiterals?: string | null;
}

/** Settings that may be stored, and what the write means. */
export interface PreparedSettings {
  columns: PreparedColumns;
  /** Members whose sealed values stay as they were, untouched or sent as `***`: `config_json.headers.authorization`. */
  kept: string[];
  warnings: SettingsWarning[];
}

/** Checks what callers write into servers and bindings, and keeps secrets out of readable columns. */
@Injectable()
export class ServerSettingsService {
  constructor(
    private readonly vault: Vault,
    private readonly egress: Egress,
    private readonly credentials: CredentialNamesRepository,
  ) {}

  /**
   * Refuses an endpoint that must not be called. Host names are judged again, by address, when they are called.
   * @throws AppError 400 `server_settings.endpoint_not_allowed` with the reason.
   */
  checkEndpoint(endpoint: string | null | undefined): void {
    if (endpoint === null || endpoint === undefined || endpoint.trim() === '') return;
    const faults = referenceFaults(endpoint, 'endpoint');
    const verdict = checkEndpoint(endpoint, this.egress.policy);
    if (verdict.ok && faults.length === 0) return;
    const reason = verdict.ok ? (faults[0]?.message ?? '') : verdict.reason;
    throw serverSettingsErrors.endpointNotAllowed({
      params: { reason },
      fields: [{ field: 'endpoint', code: 'not_allowed', message: reason }],
    });
  }

  /**
   * Makes the JSON columns fit to be stored. A blank one is none: it would not merge with those of other levels.
   * @throws AppError 400 naming the member for malformed JSON, references, headers or variables.
   */
  async prepare(scope: WorkspaceScope, sent: ServerSettings, target: SettingsTarget): Promise<PreparedSettings> {
    const settings = withoutBlanks(sent);
    const texts: LiteralTexts = { env_json: settings.envJson, config_json: settings.configJson };
    checkArgs(settings.argsJson);
    const stored = target.stored;
    const earlier = earlierLiterals({ env_json: stored?.envJson, config_json: stored?.configJson }, target.owner);
    const extracted = extractLiterals(texts, target.owner, earlier);
    const columns: PreparedColumns = {
      ...(settings.argsJson !== undefined && { argsJson: settings.argsJson }),
      ...(extracted.env_json !== undefined && { envJson: extracted.env_json }),
      ...(extracted.config_json !== undefined && { configJson: extracted.config_json }),
    };
    if (extracted.given.env || extracted.given.config) {
      const merged = mergeLiterals(await this.#opened(target), extracted);
      columns.sealedLiterals = await this.#sealed(merged, target.place);
    }
    return { columns, kept: keptSecrets(target, extracted), warnings: await this.#warnings(scope, settings) };
  }

  async #opened({ stored, place }: SettingsTarget): Promise<ReadonlyMap<string, Secret>> {
    if (!stored?.sealedLiterals) return new Map();
    return unpackLiterals(await this.vault.open(stored.sealedLiterals, place));
  }

  async #sealed(literals: ReadonlyMap<string, Secret>, place: SealedPlace): Promise<string | null> {
    return literals.size === 0 ? null : this.vault.seal(packLiterals(literals), place);
  }

  async #warnings(scope: WorkspaceScope, settings: ServerSettings): Promise<SettingsWarning[]> {
    const named = listCredentialNames(settings);
    const known = await this.credentials.findKnown(scope, [...new Set(named.map(({ name }) => name))]);
    return named
      .filter(({ name }) => !known.has(name))
      .map(({ name, field }) => ({
        code: 'unknown_credential',
        field,
        message: `No credential of this workspace is called "${name}" yet; the server will not get this value until one is.`,
      }));
  }
}

function withoutBlanks(sent: ServerSettings): ServerSettings {
  return {
    ...sent,
    argsJson: blankToNullIfGiven(sent.argsJson),
    envJson: blankToNullIfGiven(sent.envJson),
    configJson: blankToNullIfGiven(sent.configJson),
  };
}

function checkArgs(argsJson: string | null | undefined): void {
  if (argsJson === null || argsJson === undefined) return;
  const faults = new ServerConfigFaults();
  for (const [index, argument] of parseArgsJson(argsJson).entries()) {
    faults.addAll(referenceFaults(argument, `args_json.${index}`));
  }
  faults.throwIfAny();
}
