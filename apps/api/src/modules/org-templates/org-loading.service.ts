import { readdir } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { SourceError } from '#sources';
import { OrgFolder, ReadingBudget } from './org-folder.js';
import { type OrgFault, type OrgTemplate, readOrgTemplate } from './org-template.schema.js';
import { orgTemplateErrors } from './org-templates.errors.js';
import { readOrgYaml } from './org-yaml.js';

const files = ['org.yaml', 'org.yml'] as const;
const mostFolders = 500;

/** A template with the folder that it came from. */
export interface LoadedOrg {
  template: OrgTemplate;
  home: OrgFolder | null;
  budget: ReadingBudget;
}

/** Reads organisation templates from their folder. */
@Injectable()
export class OrgLoadingService {
  readonly #root: string;

  constructor({ templates }: AppConfig) {
    this.#root = templates.orgDir;
  }

  /** The names of the folders that may hold a template, in order. */
  async folders(): Promise<string[]> {
    const entries = await readdir(this.#root, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
    return names.sort().slice(0, mostFolders);
  }

  /**
   * The template of a folder, with everything that it includes.
   * @throws AppError 400 for the folder, what it includes or its form, 404 `org_template.not_found`.
   */
  async load(dir: string): Promise<LoadedOrg> {
    const budget = new ReadingBudget();
    const home = await this.#open(dir, budget);
    for (const file of files) {
      const text = await home.readText(file).catch((cause: unknown) => {
        throw orgTemplateErrors.invalidDirectory({ cause });
      });
      if (text === null) continue;
      const reading = await readOrgYaml(home, file, text);
      if (reading.ok) return { template: this.read(reading.value), home, budget };
      const { kind, file: place, reason } = reading.failure;
      const fields = [{ field: place.slice(0, 200), code: kind, message: `"${place.slice(0, 200)}" ${reason}` }];
      throw kind === 'include'
        ? orgTemplateErrors.expansionFailed({ fields })
        : orgTemplateErrors.invalidTemplate({ fields });
    }
    throw orgTemplateErrors.notFound({ params: { dir: dir.slice(0, 200) } });
  }

  /** A template from what YAML or JSON said. @throws AppError `org_template.invalid_template`. */
  read(value: unknown): OrgTemplate {
    const reading = readOrgTemplate(value);
    if (reading.ok) return reading.template;
    throw orgTemplateErrors.invalidTemplate({ fields: fieldsOf(reading.faults) });
  }

  async #open(dir: string, budget: ReadingBudget): Promise<OrgFolder> {
    try {
      return await OrgFolder.inside(this.#root, dir, budget);
    } catch (cause) {
      if (!(cause instanceof SourceError)) throw cause;
      if (cause.fault.kind === 'not_found')
        throw orgTemplateErrors.notFound({ cause, params: { dir: dir.slice(0, 200) } });
      throw orgTemplateErrors.invalidDirectory({ cause });
    }
  }
}

/** Faults of a template as the members of a problem. */
export function fieldsOf(faults: readonly OrgFault[]) {
  return faults.map(({ path, message }) => ({
    field: path.slice(0, 200),
    code: 'invalid',
    message: `${path} ${message}`.trim(),
  }));
}
