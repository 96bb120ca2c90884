import type { Egress } from '#egress';
import { fetchGithub, type GithubEndpoint, githubEndpoint } from './fetch-github.js';
import type { StagedTree, TreeLimits } from './staged-tree.js';

/** What a fetch is for, and how long and how large it may be. */
export interface ArchiveWish {
  /** In dotted words such as `plugin.install`. For logs. */
  purpose: string;
  /** The ref to use when the source names none. */
  limits: TreeLimits;
  /** Aborted when the time is over. */
  signal: AbortSignal;
}

/** The archives of GitHub through the application's way out. One instance is shared by all features. */
export class GithubArchives {
  /** Where archives come from; tests put a server of their own here. */
  endpoint: GithubEndpoint = githubEndpoint;

  constructor(private readonly egress: Egress) {}

  /** See {@link fetchGithub}. Without a ref it is the head of the repository's default branch. */
  async fetch(
    { owner, repo, ref }: { owner: string; repo: string; ref: string | null },
    { purpose, limits, signal }: ArchiveWish,
  ): Promise<StagedTree> {
    // The time is the signal's: the way out has a deadline of its own only as a last resort.
    const fetch = this.egress.fetcher({ purpose, deadlineMs: 3_600_000, maxBytes: limits.maxCompressedBytes });
    return await fetchGithub({ owner, repo, ref: ref ?? 'HEAD' }, { fetch, signal, limits, endpoint: this.endpoint });
  }
}
