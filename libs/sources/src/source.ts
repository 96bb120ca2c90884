import { SourceError } from './source-faults.js';

/** A source as it is written: `scheme://spec`. */
export interface ParsedSource<Scheme extends string = string> {
  scheme: Scheme;
  spec: string;
}

/** A repository on GitHub at a ref (branch, tag or commit); `ref` is null when the source does not say which. */
export interface GithubSpec {
  owner: string;
  repo: string;
  ref: string | null;
}

/**
 * Parses a source. White space around it is not looked at; a bare name means `local://name`; schemes are told apart by case.
 * @throws SourceError `invalid_source` or `unknown_scheme`.
 */
export function parseSource<Scheme extends string>(
  text: string,
  schemes: readonly Scheme[],
): ParsedSource<Scheme | 'local'> {
  const trimmed = text.trim();
  const split = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(trimmed);
  const scheme = split?.[1] ?? 'local';
  const spec = (split?.[2] ?? trimmed).trim();
  if (spec === '' || (split === null && trimmed.includes('://'))) throw new SourceError({ kind: 'invalid_source' });
  const known = schemes.find((each) => each === scheme);
  if (known === undefined) throw new SourceError({ kind: 'unknown_scheme', scheme: scheme.slice(0, 64) });
  return { scheme: known, spec };
}

/** The normal form of a source: `scheme://spec`. */
export function sourceText({ scheme, spec }: ParsedSource): string {
  return `${scheme}://${spec}`;
}

const localName = /^[a-z0-9][a-z0-9._-]{0,127}$/;

/** Whether a name can be that of a folder in a registry on disk: lower case, digits, `.`, `_` and `-`, no `..`. */
export function isLocalName(name: string): boolean {
  return localName.test(name) && !name.includes('..');
}

const githubName = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;
const githubRef = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,254}$/;

/**
 * Parses `owner/repo[#ref]`. A ref keeps to what git allows (git-check-ref-format) and to letters, digits and `_./-`: no
 * `..`, no empty component, none that begins with a dot, so that it cannot change the path of the address it is put in.
 * @throws SourceError `invalid_spec`.
 */
export function parseGithubSpec(spec: string): GithubSpec {
  const [place = '', ...refs] = spec.split('#');
  const [owner = '', repo = '', ...more] = place.split('/');
  const ref = refs.length === 0 ? null : refs.join('#');
  const named = githubName.test(owner) && githubName.test(repo) && !repo.includes('..') && !owner.includes('..');
  if (!named || more.length > 0 || (ref !== null && ref !== '' && !isRef(ref))) {
    throw new SourceError({ kind: 'invalid_spec' });
  }
  return { owner, repo, ref: ref === '' ? null : ref };
}

function isRef(ref: string): boolean {
  if (!githubRef.test(ref) || ref.includes('..')) return false;
  return ref.split('/').every((part) => part !== '' && !/^\.|\.$|\.lock$/.test(part));
}
