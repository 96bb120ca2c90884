import type { OrgTemplateResponse } from './dto/org-template.response.js';
import { envRequirementsOf, everyWorkspace } from './env-requirements-rules.js';
import type { FoundedNode } from './org-founding.service.js';
import type { OrgImportAnswer } from './org-import.types.js';
import type { OrgTemplate } from './org-template.schema.js';

const mostSkipped = 1_000;

/** A template as it is listed. */
export function toOrgTemplateResponse(dir: string, template: OrgTemplate): OrgTemplateResponse {
  const { required, recommended } = envRequirementsOf(template);
  return {
    dir,
    name: template.name ?? '',
    description: template.description ?? '',
    workspaces: everyWorkspace(template.workspaces ?? []).length,
    required_env: required,
    recommended_env: recommended,
  };
}

/** What an import made, as it is answered. */
export function toOrgImportAnswer(org: string, nodes: readonly FoundedNode[]): OrgImportAnswer {
  const skipped = nodes.flatMap((node) => node.skipped);
  return {
    org,
    workspaces: nodes.map(({ id, slug, name, tier, channels, skipped: own }) => {
      const left = own.filter(({ kind }) => kind === 'channel');
      return {
        id,
        slug,
        name,
        tier,
        ...(channels.length > 0 && { channels }),
        ...(left.length > 0 && {
          channels_skipped: left.map(({ workspace, name: type, reason }) => ({ workspace, type, reason })),
        }),
      };
    }),
    count: nodes.length,
    report: {
      skipped: skipped.slice(0, mostSkipped),
      skipped_count: skipped.length,
      notes: nodes.flatMap(({ notes }) => notes),
    },
  };
}
