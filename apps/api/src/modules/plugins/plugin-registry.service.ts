import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import type { Page, PageRequest } from '#kernel';
import { isLocalName } from '#sources';
import { supportsRuntime } from './compatibility-rules.js';
import { emptyManifest, manifestFile, readPluginManifest } from './plugin-manifest.js';
import type { PluginManifest, RegistryPlugin } from './plugins.types.js';

interface Known {
  /** Tells whether the file is still the one that was read. */
  version: string;
  manifest: PluginManifest;
}

const mostFolders = 2_000;
const mostBytes = 65_536;

/**
 * The registry: the folders under `PLUGINS_DIR`. The folder is listed at every call, a manifest is read again when its file
 * has changed, and calls at the same time share one reading.
 */
@Injectable()
export class PluginRegistryService {
  #known = new Map<string, Known>();
  #reading: Promise<RegistryPlugin[]> | null = null;

  constructor(private readonly config: AppConfig) {}

  /** One page of the plugins, by name; only those for a runtime, where it is given. */
  async list(page: PageRequest, runtime: string | null): Promise<Page<RegistryPlugin>> {
    const all = await this.#all();
    const fitting = runtime === null ? all : all.filter(({ manifest }) => supportsRuntime(manifest, runtime));
    return { items: fitting.slice(page.offset, page.offset + page.limit), total: fitting.length };
  }

  /** The names of all plugins that can be installed from here. */
  async names(): Promise<ReadonlySet<string>> {
    return new Set((await this.#all()).map(({ name }) => name));
  }

  #all(): Promise<RegistryPlugin[]> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<RegistryPlugin[]> {
    const { dir } = this.config.plugins;
    const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
    const names = entries
      // What could not be installed is not offered: links, and names of another form.
      .filter((entry) => entry.isDirectory() && isLocalName(entry.name))
      .map(({ name }) => name)
      .sort()
      .slice(0, mostFolders);
    const known = new Map<string, Known>();
    const plugins: RegistryPlugin[] = [];
    for (const name of names) {
      const found = await this.#look(name, join(dir, name, manifestFile));
      if (found) known.set(name, found);
      plugins.push({ name, manifest: found?.manifest ?? emptyManifest });
    }
    this.#known = known;
    return plugins;
  }

  // A plugin whose manifest is missing or cannot be read has a name and nothing else.
  async #look(name: string, path: string): Promise<Known | null> {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
    try {
      const stats = await file?.stat();
      if (!file || !stats?.isFile() || stats.size > mostBytes) return null;
      const version = `${stats.ino}:${stats.size}:${stats.mtimeMs}`;
      const known = this.#known.get(name);
      if (known?.version === version) return known;
      const reading = readPluginManifest(await file.readFile());
      return { version, manifest: reading.ok ? reading.manifest : emptyManifest };
    } catch {
      return null;
    } finally {
      await file?.close();
    }
  }
}
