import { readDotEnv } from './dot-env.js';
import { FolderFault, OrgFolder } from './org-folder.js';
import type { SkippedItem } from './org-plan.types.js';
import type { OrgWorkspace } from './org-template.schema.js';

/** The folder that an organisation came from; null for one that came in a body, which has no files. */
export type OrgHome = OrgFolder | null;

type Skip = (kind: SkippedItem['kind'], name: string, reason: string) => void;

/** The files that one workspace of an organisation has to do with. */
export class WorkspaceSources {
  constructor(
    private readonly home: OrgHome,
    private readonly workspace: OrgWorkspace,
    private readonly skip: Skip,
  ) {}

  /** A prompt: as it is written, else of a file, else the default's; undefined when there is none. */
  async prompt(
    kind: 'initial_prompt' | 'idle_prompt',
    defaults: { [K in 'initial_prompt' | 'idle_prompt' | `${typeof kind}_file`]?: string | undefined },
  ): Promise<string | undefined> {
    return (
      this.workspace[kind] ||
      (await this.#fileOf(this.workspace[`${kind}_file`], this.workspace.files_dir)) ||
      defaults[kind] ||
      (await this.#fileOf(defaults[`${kind}_file`], undefined)) ||
      undefined
    );
  }

  /** The text of a file that the workspace names, in its own folder. */
  text(path: string): Promise<string | undefined> {
    return this.#fileOf(path, this.workspace.files_dir);
  }

  /** The files of the workspace's own folder over those of its template, by path. */
  async files(template: OrgFolder | null): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    if (template) await this.#gather(template, '', files);
    const own = this.workspace.files_dir;
    if (own && !this.home) this.skip('file', own, 'a template in the body has no files');
    if (own && this.home) await this.#gather(this.home, own, files);
    if (files.size > 200) throw new FolderFault(own ?? '.', 'gives the workspace more than 200 files');
    return files;
  }

  /** The variables of the .env files: those of the workspace's own folder go before the organisation's. */
  async variables(): Promise<Map<string, string>> {
    const { files_dir: own } = this.workspace;
    const places = ['.env', ...(own ? [`${own}/.env`] : [])];
    const values = new Map<string, string>();
    for (const place of places) {
      const read = readDotEnv((await this.home?.readText(place)) ?? '');
      for (const [name, value] of read.values) values.set(name, value);
      for (const name of read.refused) this.skip('variable', name, 'is no name of a variable, or one too many');
    }
    return values;
  }

  async #gather(folder: OrgFolder, start: string, files: Map<string, string>): Promise<void> {
    for (const path of await folder.list(start)) {
      // What holds secrets is no configuration that people may read.
      if (/(^|\/)\.env(\.[^/]*)?$/.test(path)) continue;
      const text = await folder.readText(start === '' ? path : `${start}/${path}`);
      if (text === null) this.skip('file', path, 'is no text');
      else files.set(path, text);
    }
  }

  async #fileOf(path: string | undefined, folder: string | undefined): Promise<string | undefined> {
    if (!path) return undefined;
    const text = await this.home?.readText(folder ? `${folder}/${path}` : path);
    if (text === null || text === undefined) this.skip('prompt', path, 'there is no such text file');
    return text ?? undefined;
  }
}
