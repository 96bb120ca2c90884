import { Injectable } from '@nestjs/common';
import { AppError, type Page, type PageRequest } from '#kernel';
import { systemCode } from '#sources';
import type { OrgTemplateResponse } from './dto/org-template.response.js';
import { OrgLoadingService } from './org-loading.service.js';
import { toOrgTemplateResponse } from './org-templates.mapper.js';

/** The organisation templates on disk. */
@Injectable()
export class OrgCatalogueService {
  constructor(private readonly loading: OrgLoadingService) {}

  /** One page by folder name. Folders without a readable, valid template are left out. */
  async list({ limit, offset }: PageRequest): Promise<Page<OrgTemplateResponse>> {
    const found: OrgTemplateResponse[] = [];
    for (const dir of await this.loading.folders()) {
      const template = await this.#read(dir);
      if (template) found.push(template);
    }
    return { items: found.slice(offset, offset + limit), total: found.length };
  }

  async #read(dir: string): Promise<OrgTemplateResponse | null> {
    try {
      return toOrgTemplateResponse(dir, (await this.loading.load(dir)).template);
    } catch (error) {
      // A folder that cannot be read is as good as none, whoever is at fault.
      if (error instanceof AppError || systemCode(error) !== '') return null;
      throw error;
    }
  }
}
