import type { FetchFunction } from '#egress';
import { AppError } from '#kernel';
import { readArchive } from './read-archive.js';
import { SourceError } from './source-faults.js';
import type { StagedTree, TreeLimits } from './staged-tree.js';
import { tooLarge } from './staged-tree.js';

/** Where the archives of GitHub come from. */
export interface GithubEndpoint {
  /** Origin that serves `/<owner>/<repo>/tar.gz/<ref>`. */
  archives: string;
  /** The only origins that a redirect may lead to. */
  redirects: readonly string[];
}

/** GitHub itself. Tags, branches and commits are all answered by this address, without a token. */
export const githubEndpoint: GithubEndpoint = {
  archives: 'https://codeload.github.com',
  redirects: ['https://codeload.github.com', 'https://github.com'],
};

/** What a fetch needs from its caller. */
export interface GithubFetch {
  /** The egress library's; its own limits must leave room for `limits`. */
  fetch: FetchFunction;
  /** Aborted when the time is over. */
  signal: AbortSignal;
  limits: TreeLimits;
  /** GitHub, unless a test says otherwise. */
  endpoint?: GithubEndpoint;
}

const maxRedirects = 3;

/**
 * Fetches the files of a repository at a ref, streamed through the filter of {@link readArchive}; the archive's top folder is
 * left out. Redirects are followed within GitHub only.
 * @throws SourceError `not_found`, `refused`, `too_large`, `timeout` or `upstream`.
 */
export async function fetchGithub(
  { owner, repo, ref }: { owner: string; repo: string; ref: string },
  { fetch, signal, limits, endpoint = githubEndpoint }: GithubFetch,
): Promise<StagedTree> {
  try {
    const path = [owner, repo, 'tar.gz', ...ref.split('/')].map(encodeURIComponent).join('/');
    const response = await followed(new URL(`/${path}`, endpoint.archives), { ask: fetch, signal, endpoint });
    return await readArchive(bodyOf(response), { limits, hasTopFolder: true, signal });
  } catch (error) {
    throw translated(error, signal, limits);
  }
}

async function followed(
  first: URL,
  { ask, signal, endpoint }: { ask: FetchFunction; signal: AbortSignal; endpoint: GithubEndpoint },
): Promise<Response> {
  let url = first;
  for (let hops = 0; ; hops++) {
    const headers = { accept: 'application/gzip', 'accept-encoding': 'identity' };
    const response = await ask(url, { headers, redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return accepted(response);
    await response.body?.cancel();
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (hops >= maxRedirects || next === null || !endpoint.redirects.includes(next.origin)) {
      throw upstream('it redirects to where archives are not fetched from');
    }
    url = next;
  }
}

async function accepted(response: Response): Promise<Response> {
  if (response.status === 200) return response;
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410) throw new SourceError({ kind: 'not_found' });
  throw upstream(`it answered with status ${response.status}`);
}

async function* bodyOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body) yield* response.body;
}

function upstream(reason: string, cause?: unknown): SourceError {
  return new SourceError({ kind: 'upstream', reason }, { cause });
}

function translated(error: unknown, signal: AbortSignal, limits: TreeLimits): unknown {
  if (error instanceof SourceError) return error;
  if (signal.aborted) return new SourceError({ kind: 'timeout' }, { cause: error });
  if (!(error instanceof AppError)) return error;
  if (error.kind === 'timeout') return new SourceError({ kind: 'timeout' }, { cause: error });
  if (error.code === 'egress.response_too_large') return tooLarge('compressed_bytes', limits.maxCompressedBytes);
  return upstream('it could not be reached', error);
}
