import { readdir, readFile, stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import type { Page, PageRequest } from '#kernel';
import { resolveInsideRoot } from '#sources';
import type { TemplateResponse } from './dto/template.response.js';
import { maxConfigBytes, readTemplateConfig } from './template-config.js';
import { toTemplateResponse } from './templates.mapper.js';

const mostFolders = 1_000;

interface Remembered {
  /** What tells one state of the file from another. */
  state: string;
  /** Null when it is no template. */
  template: TemplateResponse | null;
}

/** The templates on disk. */
@Injectable()
export class TemplateCatalogueService {
  readonly #root: string;
  #remembered = new Map<string, Remembered>();

  constructor({ templates }: AppConfig) {
    this.#root = templates.dir;
  }

  /** One page by folder name. Folders without a readable, valid config.yaml are no templates. */
  async list({ limit, offset }: PageRequest): Promise<Page<TemplateResponse>> {
    const remembered = new Map<string, Remembered>();
    for (const name of await this.#folders()) {
      const entry = await this.#read(name);
      if (entry) remembered.set(name, entry);
    }
    this.#remembered = remembered;
    const templates = [...remembered.values()].flatMap(({ template }) => template ?? []);
    return { items: templates.slice(offset, offset + limit), total: templates.length };
  }

  async #folders(): Promise<string[]> {
    const entries = await readdir(this.#root, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
    return names.sort().slice(0, mostFolders);
  }

  // A file that was read is read again when anything about it has changed: its content cannot change without its ctime.
  async #read(name: string): Promise<Remembered | null> {
    try {
      const path = await resolveInsideRoot(this.#root, `${name}/config.yaml`);
      const stats = await stat(path, { bigint: true });
      const state = [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(':');
      const known = this.#remembered.get(name);
      if (known?.state === state) return known;
      if (!stats.isFile() || stats.size > maxConfigBytes) return { state, template: null };
      const reading = readTemplateConfig(await readFile(path, 'utf8'));
      return { state, template: reading.ok ? toTemplateResponse(name, reading.config) : null };
    } catch {
      return null;
    }
  }
}
