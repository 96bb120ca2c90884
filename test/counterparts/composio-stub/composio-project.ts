import type {
  AuthConfigListResponse,
  ConnectedAccountListResponse,
  McpListResponse,
  ToolkitListResponse,
  ToolListResponse,
  TriggerInstanceListActiveResponse,
  TriggersTypeListResponse,
} from '@composio/client/resources';

// The items are those of the official client's own types, so that the stub cannot answer what Composio would not.
export type UpstreamToolkit = ToolkitListResponse['items'][number];
export type UpstreamTool = ToolListResponse['items'][number];
export type UpstreamTriggerType = TriggersTypeListResponse['items'][number];
export type UpstreamTrigger = TriggerInstanceListActiveResponse['items'][number];
export type UpstreamAuthConfig = AuthConfigListResponse['items'][number];
export type UpstreamAccount = ConnectedAccountListResponse['items'][number];
export type UpstreamServer = McpListResponse['items'][number];

/** What one Composio project holds. A test may change any of it at any time. */
export interface ComposioProject {
  toolkits: UpstreamToolkit[];
  tools: UpstreamTool[];
  triggerTypes: UpstreamTriggerType[];
  triggers: UpstreamTrigger[];
  authConfigs: UpstreamAuthConfig[];
  accounts: UpstreamAccount[];
  servers: UpstreamServer[];
  /** Accounts whose refresh restarts the consent, as it does for most apps at Composio. */
  restartsConsent: Set<string>;
}

const at = '2026-01-05T10:00:00.000Z';

/** What an answer holds that nobody outside may see: a test looks for it. */
export const upstreamSecret = 'upstream-access-token-of-an-account';

/** An app. */
export function toolkitOf(slug: string, values: Partial<UpstreamToolkit> = {}): UpstreamToolkit {
  return {
    slug,
    name: slug.toUpperCase(),
    type: 'native',
    is_local_toolkit: false,
    no_auth: false,
    deprecated: { toolkitId: slug },
    meta: {
      created_at: at,
      updated_at: at,
      description: `${slug} for agents`,
      logo: `https://logos.composio.dev/api/${slug}`,
      categories: [{ id: 'developer-tools', name: 'developer tools' }],
      triggers_count: 1,
      tools_count: 3,
      version: '20260105_00',
    },
    ...values,
  };
}

/** A tool of an app. */
export function toolOf(toolkit: string, slug: string, tags: string[] = []): UpstreamTool {
  const logo = `https://logos.composio.dev/api/${toolkit}`;
  const version = '20260105_00';
  return {
    slug,
    name: slug.toLowerCase().replaceAll('_', ' '),
    description: `Does ${slug}`,
    toolkit: { slug: toolkit, name: toolkit, logo },
    input_parameters: {},
    no_auth: false,
    available_versions: [version],
    version,
    output_parameters: {},
    scopes: [],
    scope_requirements: null,
    tags,
    is_deprecated: false,
    deprecated: {
      displayName: slug,
      version,
      available_versions: [version],
      is_deprecated: false,
      toolkit: { logo },
    },
  };
}

/** A kind of trigger. */
export function triggerTypeOf(toolkit: string, slug: string): UpstreamTriggerType {
  return {
    slug,
    name: slug.toLowerCase().replaceAll('_', ' '),
    description: `Fires on ${slug}`,
    instructions: '',
    type: 'poll',
    toolkit: { slug: toolkit, name: toolkit, logo: `https://logos.composio.dev/api/${toolkit}` },
    config: {},
    payload: {},
    version: '20260105_00',
  };
}

/** A trigger of a user. */
export function triggerOf(id: string, slug: string, userId: string, config: Record<string, unknown>): UpstreamTrigger {
  return {
    id,
    connected_account_id: 'ca_1',
    trigger_name: slug,
    connected_account_uuid: '00000000-0000-4000-8000-000000000001',
    user_id: userId,
    version: '20260105_00',
    trigger_config: config,
    state: {},
    updated_at: at,
    disabled_at: null,
    disabledAt: null,
    connectedAccountId: 'ca_1',
    triggerName: slug,
    updatedAt: at,
    triggerConfig: config,
  };
}

/** An auth config of an app. */
export function authConfigOf(
  id: string,
  toolkit: string,
  values: Partial<UpstreamAuthConfig> = {},
): UpstreamAuthConfig {
  return {
    id,
    uuid: '00000000-0000-4000-8000-000000000002',
    type: 'default',
    toolkit: { slug: toolkit, logo: `https://logos.composio.dev/api/${toolkit}` },
    name: `${toolkit}-${id}`,
    auth_scheme: 'OAUTH2',
    is_composio_managed: true,
    credentials: { client_secret: upstreamSecret },
    status: 'ENABLED',
    no_of_connections: 1,
    tool_access_config: {},
    ...values,
  };
}

/** An account of a user. */
export function accountOf(
  id: string,
  userId: string,
  toolkit: string,
  status: UpstreamAccount['status'] = 'ACTIVE',
): UpstreamAccount {
  return {
    toolkit: { slug: toolkit },
    auth_config: { id: `ac_${toolkit}`, auth_scheme: 'OAUTH2', is_composio_managed: true, is_disabled: false },
    id,
    word_id: null,
    alias: null,
    user_id: userId,
    status,
    created_at: at,
    updated_at: at,
    state: { authScheme: 'OAUTH2', val: { status: 'ACTIVE', access_token: upstreamSecret } },
    data: { access_token: upstreamSecret },
    status_reason: null,
    is_disabled: false,
  };
}

/** An MCP server. */
export function serverOf(id: string, name: string, authConfigIds: string[], allowedTools: string[]): UpstreamServer {
  const url = `https://mcp.composio.dev/server/${id}`;
  return {
    id,
    name,
    auth_config_ids: authConfigIds,
    allowed_tools: allowedTools,
    mcp_url: url,
    toolkits: [],
    toolkit_icons: {},
    commands: { cursor: url, claude: url, windsurf: url },
    updated_at: at,
    created_at: at,
    server_instance_count: 0,
    managed_auth_via_composio: true,
  };
}

/** A project with three of most things, so that every list has more than one page. */
export function sampleProject(): ComposioProject {
  return {
    toolkits: ['github', 'gmail', 'googlecalendar', 'linear', 'slack'].map((slug) => toolkitOf(slug)),
    tools: [
      toolOf('gmail', 'GMAIL_FETCH_EMAILS', ['readOnlyHint']),
      toolOf('gmail', 'GMAIL_LIST_THREADS', ['readOnlyHint', 'openWorldHint']),
      toolOf('gmail', 'GMAIL_SEND_EMAIL', ['destructiveHint']),
      toolOf('gmail', 'GMAIL_SEND_EMAIL_DRAFT'),
      toolOf('gmail', 'GMAIL_GET_PROFILE'),
      toolOf('github', 'GITHUB_CREATE_AN_ISSUE', ['destructiveHint']),
      toolOf('github', 'GITHUB_LIST_REPOSITORIES', ['readOnlyHint']),
      toolOf('github', 'GITHUB_GET_A_REPOSITORY'),
    ],
    triggerTypes: [
      triggerTypeOf('gmail', 'GMAIL_NEW_GMAIL_MESSAGE'),
      triggerTypeOf('gmail', 'GMAIL_EMAIL_SENT_TRIGGER'),
      triggerTypeOf('gmail', 'GMAIL_LABEL_ADDED'),
      triggerTypeOf('github', 'GITHUB_PULL_REQUEST_EVENT'),
      triggerTypeOf('slack', 'SLACK_RECEIVE_MESSAGE'),
    ],
    triggers: [
      triggerOf('ti_1', 'GMAIL_NEW_GMAIL_MESSAGE', 'user-1', { interval: 60 }),
      triggerOf('ti_2', 'GMAIL_LABEL_ADDED', 'user-2', {}),
      triggerOf('ti_3', 'SLACK_RECEIVE_MESSAGE', 'user-1', {}),
    ],
    authConfigs: [
      authConfigOf('ac_github', 'github'),
      authConfigOf('ac_slack', 'slack'),
      authConfigOf('ac_gmail', 'gmail'),
    ],
    accounts: [
      accountOf('ca_1', 'user-2', 'gmail'),
      accountOf('ca_2', 'user-1', 'github', 'EXPIRED'),
      accountOf('ca_3', 'user-2', 'slack', 'INITIATED'),
      accountOf('ca_4', 'user-1', 'gmail'),
      accountOf('ca_5', 'User-9', 'gmail'),
    ],
    servers: [],
    restartsConsent: new Set(),
  };
}
