import { unreachable } from '#kernel';
import type { Candidate } from './candidates.js';
import type { Refusal } from './verdict.js';

/** Says in plain words why a candidate is not offered. */
export function sentenceOf({ name, workspace }: Candidate, refusal: Refusal): string {
  const server = `"${name}"`;
  switch (refusal.rule) {
    case 'locked_off':
      return `${server} is switched off and locked for the whole workspace; only a workspace administrator can change that.`;
    case 'crew_disabled':
      return workspace === null
        ? `${server} is switched off in this crew.`
        : `This crew switched off ${server}, and with it the workspace server "${workspace.name}".`;
    case 'workspace_disabled':
      return `${server} is switched off for the workspace, and this crew has not switched it on.`;
    case 'agent_opted_out':
      return `This agent's own binding on ${server} is disabled.`;
    case 'bound_only':
      return `${server} is visible only to agents with an enabled binding, and this agent has none.`;
    case 'visible_to_bound_agents_only':
      return `Another agent has bound ${server}, so it is visible to bound agents only, and this agent has no enabled binding.`;
    case 'managed_opted_out':
      return `This agent has opted out of Composio, so it gets neither apps of its own nor the workspace's default connector.`;
    case 'own_apps_instead':
      return `This agent has Composio apps of its own, on or off, and never the workspace's default connector beside them.`;
    case 'default_connector_only':
      return `This workspace gives its agents Composio apps only (its default connector is on), so ${server} is not offered.`;
    case 'name_shadowed':
      return `The name ${server} belongs to the ${refusal.winner.scope} server ${refusal.winner.id}, which wins.`;
    default:
      return unreachable(refusal);
  }
}
