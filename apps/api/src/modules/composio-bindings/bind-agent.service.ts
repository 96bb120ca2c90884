import { Injectable } from '@nestjs/common';
import type { LateBody } from '#http';
import { raise, type WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { AppPlanService } from './app-plan.service.js';
import { AppServingService } from './app-serving.service.js';
import { composioBindingErrors } from './composio-bindings.errors.js';
import type { BindComposioAgentDto } from './dto/bind-composio-agent.dto.js';
import type { BoundComposioAgentResponse } from './dto/bound-composio-agent.response.js';
import { StoredAppsService } from './stored-apps.service.js';
import { UpstreamChangesService } from './upstream-changes.service.js';

/** Giving an agent its Composio apps. */
@Injectable()
export class BindAgentService {
  constructor(
    private readonly keys: ComposioKeys,
    private readonly plans: AppPlanService,
    private readonly serving: AppServingService,
    private readonly changes: UpstreamChangesService,
    private readonly stored: StoredAppsService,
  ) {}

  /**
   * Makes the apps the agent's only ones: first everything at Composio, then all rows in one transaction, then what was
   * left over at Composio is deleted there. Of what fails in between nothing stays without a row that says so.
   * @throws AppError 400, 404 `agent not found`, 409, 502; judged in the order key, body, agent, apps.
   */
  async bind(
    scope: WorkspaceScope,
    agentId: string,
    body: LateBody<BindComposioAgentDto>,
  ): Promise<BoundComposioAgentResponse> {
    const access = await this.keys.require(scope);
    const dto = body.read();
    const userId = (dto.user_id ?? '').trim() || raise(userRequired());
    await this.stored.requireAgent(scope, agentId);
    await this.stored.requireNoOptOut(scope, agentId);
    const apps = await this.changes.run(scope, access, async (lease) => {
      const plan = await this.plans.plan(access, dto);
      const served = await this.serving.serve(scope, lease, access, plan, userId);
      await this.stored.replace(scope, { lease, access }, { agentId, userId, apps: served });
      return served;
    });
    const shown = apps.map(({ toolkit, mode, endpoint }) => ({ toolkit, mode, endpoint }));
    return { agent_id: agentId, user_id: userId, apps: shown };
  }
}

function userRequired() {
  const field = { field: 'user_id', code: 'required', message: 'user_id is required' };
  return composioBindingErrors.userRequired({ fields: [field] });
}
