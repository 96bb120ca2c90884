import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { GithubArchives, packTree, readLocalTree, type StagedTree, treeBytes, treeDigest, treeLimits } from '#sources';
import { Turnstile } from '../../platform/turnstile.js';
import { translateFault } from './plugin-faults.js';
import { checkClaimed, checkSelfDeclared } from './plugin-integrity.js';
import { emptyManifest, manifestFile, readPluginManifest } from './plugin-manifest.js';
import type { PluginSource } from './plugin-source.js';
import { pluginErrors } from './plugins.errors.js';
import type { DigestCheck, PluginManifest } from './plugins.types.js';

/** A plugin that was fetched and found good. */
export interface StagedPlugin {
  manifest: PluginManifest;
  sha256: string;
  sizeBytes: number;
  archive: Buffer;
  /** What the caller's digest was held against; null without one. */
  verified: DigestCheck | null;
}

/** Each stands in memory with its archive: up to twice `PLUGIN_INSTALL_MAX_DIR_BYTES`. */
const stagedAtOnce = 3;

/** Fetches plugins, and takes only what is whole, within the limits and what it should be. Nothing is written anywhere. */
@Injectable()
export class PluginStagingService {
  readonly #turnstile = new Turnstile(stagedAtOnce);

  constructor(
    private readonly config: AppConfig,
    private readonly github: GithubArchives,
  ) {}

  /**
   * Fetches a plugin and checks it.
   * @param claimed SHA-256 (hex) that it must have, if any.
   * @throws AppError 404, 413, 422, 502 or 504.
   */
  async stage(source: PluginSource, claimed: string | null, signal: AbortSignal): Promise<StagedPlugin> {
    try {
      return await this.#turnstile.pass(async () => {
        const tree = await this.#fetch(source, signal);
        if (tree.size === 0) throw pluginErrors.empty({ extensions: { source: source.text } });
        checkSelfDeclared(tree, source);
        const sha256 = treeDigest(tree);
        const verified = claimed === null ? null : checkClaimed(tree, sha256, claimed, source);
        const manifest = manifestIn(tree, source);
        return { manifest, sha256, sizeBytes: treeBytes(tree), archive: await packTree(tree), verified };
      }, signal);
    } catch (error) {
      if (signal.aborted && error === signal.reason) throw timedOut(source);
      throw translateFault(error, source);
    }
  }

  #fetch(source: PluginSource, signal: AbortSignal): Promise<StagedTree> {
    const limits = treeLimits(this.config.plugins.maxDirBytes);
    if (source.scheme === 'local') return readLocalTree(this.config.plugins.dir, source.name, limits, signal);
    return this.github.fetch(source.spec, { purpose: 'plugin.install', limits, signal });
  }
}

/** The error of an installation whose time is over. */
export function timedOut({ scheme, text }: PluginSource): Error {
  return pluginErrors.fetchTimedOut({ params: { scheme }, extensions: { source: text } });
}

function manifestIn(tree: StagedTree, source: PluginSource): PluginManifest {
  const file = tree.get(manifestFile);
  if (file === undefined) return emptyManifest;
  const reading = readPluginManifest(file);
  if (reading.ok) return reading.manifest;
  throw pluginErrors.manifestUnreadable({ params: { problem: reading.problem }, extensions: { source: source.text } });
}
