import type {
  AuthConfig,
  ConnectedAccount,
  Tool,
  Toolkit,
  ToolkitReference,
  TriggerInstance,
  TriggerType,
} from '#composio';
import type {
  ComposioAccountResponse,
  ComposioAuthConfigResponse,
  ComposioUserResponse,
} from './dto/composio-inventory.response.js';
import type { ComposioToolkitResponse } from './dto/composio-toolkits.response.js';
import type { ComposioToolResponse } from './dto/composio-tools.response.js';
import type { ComposioTriggerResponse, ComposioTriggerTypeResponse } from './dto/composio-triggers.response.js';
import type { ComposioToolkitReferenceResponse } from './dto/toolkit-reference.response.js';

/** An app as the API shows it. */
export function toToolkitResponse(toolkit: Toolkit): ComposioToolkitResponse {
  const { slug, name, noAuth, description, logo, toolsCount, categories } = toolkit;
  return { slug, name, no_auth: noAuth, meta: { description, ...logoOf(logo), tools_count: toolsCount, categories } };
}

/** A tool as the API shows it. */
export function toToolResponse({ slug, name, description, toolkit }: Tool): ComposioToolResponse {
  return { slug, name, description, toolkit: toReference(toolkit) };
}

/** A trigger type as the API shows it. */
export function toTriggerTypeResponse(triggerType: TriggerType): ComposioTriggerTypeResponse {
  return { ...triggerType, toolkit: toReference(triggerType.toolkit) };
}

/** A trigger as the API shows it. */
export function toTriggerResponse(trigger: TriggerInstance): ComposioTriggerResponse {
  const { id, triggerName, userId, connectedAccountId, config, disabledAt } = trigger;
  return {
    id,
    trigger_name: triggerName,
    user_id: userId,
    connected_account_id: connectedAccountId,
    trigger_config: config,
    ...(disabledAt !== null && { disabled_at: disabledAt }),
  };
}

/** An auth config as the API shows it. */
export function toAuthConfigResponse({ id, name, status, toolkit }: AuthConfig): ComposioAuthConfigResponse {
  return { id, name, status, toolkit: toReference(toolkit) };
}

/** The accounts by their users, who are ordered by the bytes of their ids; accounts keep their order. */
export function toUsers(accounts: readonly ConnectedAccount[]): ComposioUserResponse[] {
  const users = new Map<string, ComposioAccountResponse[]>();
  for (const account of accounts) {
    const own = users.get(account.userId);
    if (own === undefined) users.set(account.userId, [toAccount(account)]);
    else own.push(toAccount(account));
  }
  return [...users]
    .map(([user_id, connected_accounts]) => ({ key: Buffer.from(user_id), user: { user_id, connected_accounts } }))
    .sort((left, right) => Buffer.compare(left.key, right.key))
    .map(({ user }) => user);
}

function toAccount({ id, userId, status, toolkit, authConfig }: ConnectedAccount): ComposioAccountResponse {
  return {
    id,
    user_id: userId,
    status,
    toolkit: toReference(toolkit),
    auth_config: {
      id: authConfig.id,
      auth_scheme: authConfig.authScheme,
      is_composio_managed: authConfig.isComposioManaged,
      is_disabled: authConfig.isDisabled,
    },
  };
}

function toReference({ slug, logo }: ToolkitReference): ComposioToolkitReferenceResponse {
  return { slug, ...logoOf(logo) };
}

function logoOf(logo: string | null): { logo?: string } {
  return logo === null ? {} : { logo };
}
