import type { TemplateResponse } from './dto/template.response.js';
import type { TemplateConfig } from './template-config.js';

/** What a folder's config.yaml says, as it is answered. */
export function toTemplateResponse(id: string, config: TemplateConfig): TemplateResponse {
  const runtime = config.runtime_config ?? {};
  const skills = config.skills ?? [];
  const timeout = runtime.provision_timeout_seconds ?? 0;
  return {
    id,
    name: config.name ?? '',
    description: config.description ?? '',
    tier: config.tier ?? 0,
    runtime: config.runtime ?? '',
    model: config.model || (runtime.model ?? ''),
    ...(runtime.models && runtime.models.length > 0 && { models: runtime.models.map(modelOf) }),
    ...(runtime.required_env && runtime.required_env.length > 0 && { required_env: runtime.required_env }),
    skills,
    skill_count: skills.length,
    ...(timeout > 0 && { provision_timeout_seconds: timeout }),
  };
}

function modelOf({
  id,
  name,
  required_env: env,
}: NonNullable<NonNullable<TemplateConfig['runtime_config']>['models']>[number]) {
  return { id, ...(name && { name }), ...(env && env.length > 0 && { required_env: env }) };
}
