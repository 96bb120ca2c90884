import { type ExtractedLiterals, type LiteralOwner, listPlaceholders } from '#vault';

/** The row that is written, as far as its sealed literals go. */
export interface LiteralsTarget {
  owner: LiteralOwner;
  /** Null for a row that is being created. */
  stored: { envJson: string | null; configJson: string | null } | null;
}

/** The members of a row whose sealed values a write leaves as they are: those it does not touch, and those sent as `***`. */
export function keptSecrets({ owner, stored }: LiteralsTarget, { kept, given }: ExtractedLiterals): string[] {
  const untouched = [given.env ? null : stored?.envJson, given.config ? null : stored?.configJson]
    .flatMap((text) => listPlaceholders(text ?? ''))
    .filter((found) => found.owner.kind === owner.kind && found.owner.rowId === owner.rowId)
    .map((found) => found.path);
  return [...untouched, ...kept].map(memberOf);
}

const columns: Record<string, string> = { env: 'env_json', headers: 'config_json.headers', config: 'config_json' };

// Paths are `env:NAME`, `headers:name` and `config:keys.encoded`; see the vault's sealed placeholders.
function memberOf(path: string): string {
  const colon = path.indexOf(':');
  return `${columns[path.slice(0, colon)]}.${path.slice(colon + 1)}`;
}
