import { Injectable } from '@nestjs/common';
import { InstanceSecretsService } from '../instance-secrets/instance-secrets.service.js';
import type { ImportOrgDto } from './dto/import-org.dto.js';
import { envRequirementsOf, missingOf, namesOf } from './env-requirements-rules.js';
import { ReadingBudget } from './org-folder.js';
import { fieldsOf, type LoadedOrg, OrgLoadingService } from './org-loading.service.js';
import type { PlannedWorkspace } from './org-plan.types.js';
import { OrgPlannerService } from './org-planner.service.js';
import { type OrgTemplate, readOrgTemplate } from './org-template.schema.js';
import { orgTemplateErrors } from './org-templates.errors.js';

const mostVariables = 500;
const mostInstalls = 4_000;

/** Everything that comes before the first row of an import. */
@Injectable()
export class OrgPreparationService {
  constructor(
    private readonly loading: OrgLoadingService,
    private readonly planner: OrgPlannerService,
    private readonly secrets: InstanceSecretsService,
  ) {}

  /**
   * Reads the template, checks that what it requires is set, and plans what to make.
   * @throws AppError 400 for what is named or what it holds, 404, 412 `org_template.missing_env` unless forced.
   */
  async prepare(dto: ImportOrgDto): Promise<{ org: string; plan: PlannedWorkspace[] }> {
    const { template, home, budget } = await this.#load(dto);
    if (dto.force !== true) await this.#checkEnvironment(template);
    const plan = await this.planner.plan(template, home, budget);
    const variables = plan.reduce((sum, planned) => sum + planned.variables.size, 0);
    if (variables > mostVariables) {
      const message = `the .env files give more than ${mostVariables} variables to the workspaces in all`;
      throw orgTemplateErrors.invalidTemplate({ fields: fieldsOf([{ path: '.env', message }]) });
    }
    if (plan.reduce((sum, { installs }) => sum + installs.length, 0) > mostInstalls) {
      const message = `more than ${mostInstalls} plugins would be installed in all`;
      throw orgTemplateErrors.invalidTemplate({ fields: fieldsOf([{ path: 'plugins', message }]) });
    }
    return { org: template.name || dto.dir || '', plan };
  }

  async #load({ dir, template }: ImportOrgDto): Promise<LoadedOrg> {
    if (dir) return this.loading.load(dir);
    if (!template || typeof template.name !== 'string' || template.name === '') throw orgTemplateErrors.nothingNamed();
    const reading = readOrgTemplate(template);
    if (!reading.ok) throw orgTemplateErrors.invalidBody({ fields: fieldsOf(reading.faults) });
    return { template: reading.template, home: null, budget: new ReadingBudget() };
  }

  async #checkEnvironment(template: OrgTemplate): Promise<void> {
    const { required } = envRequirementsOf(template);
    const missing = missingOf(required, await this.secrets.findNames(required.flatMap(namesOf)));
    if (missing.length === 0) return;
    throw orgTemplateErrors.missingEnv({
      extensions: {
        missing_env: missing,
        required_env: required,
        template: template.name ?? '',
        suggestion: 'set these as global secrets (POST /settings/secrets) or pass force=true to override',
      },
    });
  }
}
