import type { ProviderKey } from './oauth.types.js';
import type { Provider, ProviderQuirks } from './provider.types.js';

/** The providers known without discovery. Another one is another entry here and in {@link ProviderKey}. */
export const providers: Readonly<Record<ProviderKey, Provider>> = {
  cloudflare: {
    authorizationEndpoint: 'https://dash.cloudflare.com/oauth2/authorize',
    tokenEndpoint: 'https://dash.cloudflare.com/oauth2/token',
    defaultScopes: '',
    hosts: ['cloudflare.com'],
    authMethods: ['client_secret_post', 'client_secret_basic', 'none'],
  },
  github: {
    authorizationEndpoint: 'https://github.com/login/oauth/authorize',
    tokenEndpoint: 'https://github.com/login/oauth/access_token',
    issuer: 'https://github.com/login/oauth',
    defaultScopes: 'repo user',
    hosts: ['github.com', 'githubcopilot.com'],
    authMethods: ['client_secret_post'],
    // Failures come with status 200 and names of GitHub's own.
    quirks: {
      errorAliases: {
        bad_verification_code: 'invalid_grant',
        bad_refresh_token: 'invalid_grant',
        incorrect_client_credentials: 'invalid_client',
        redirect_uri_mismatch: 'invalid_request',
      },
    },
  },
  gitlab: {
    authorizationEndpoint: 'https://gitlab.com/oauth/authorize',
    tokenEndpoint: 'https://gitlab.com/oauth/token',
    revocationEndpoint: 'https://gitlab.com/oauth/revoke',
    issuer: 'https://gitlab.com',
    defaultScopes: 'api read_user',
    hosts: ['gitlab.com'],
    authMethods: ['client_secret_post', 'client_secret_basic', 'none'],
  },
  google: {
    authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenEndpoint: 'https://oauth2.googleapis.com/token',
    revocationEndpoint: 'https://oauth2.googleapis.com/revoke',
    issuer: 'https://accounts.google.com',
    defaultScopes:
      'https://mail.google.com/ https://www.googleapis.com/auth/calendar https://www.googleapis.com/auth/drive',
    hosts: ['googleapis.com', 'google.com'],
    authMethods: ['client_secret_post', 'client_secret_basic'],
    // Without both, Google sends a refresh token the first time only, or never.
    quirks: { authorizationParameters: { access_type: 'offline', prompt: 'consent' } },
  },
  linear: {
    authorizationEndpoint: 'https://linear.app/oauth/authorize',
    tokenEndpoint: 'https://api.linear.app/oauth/token',
    defaultScopes: 'read write',
    hosts: ['linear.app'],
    authMethods: ['client_secret_post', 'client_secret_basic'],
    quirks: { scopeSeparator: ',' },
  },
  microsoft: {
    // `common` issues for every tenant, so that no single issuer can be expected.
    authorizationEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenEndpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    defaultScopes: 'Mail.Read Mail.Send Calendars.ReadWrite',
    hosts: ['microsoft.com', 'microsoftonline.com', 'office.com', 'office365.com'],
    authMethods: ['client_secret_post', 'client_secret_basic', 'none'],
    quirks: { refreshScopes: ['offline_access'], pkceUnadvertised: true, refusesResource: true },
  },
  notion: {
    authorizationEndpoint: 'https://api.notion.com/v1/oauth/authorize',
    tokenEndpoint: 'https://api.notion.com/v1/oauth/token',
    defaultScopes: '',
    hosts: ['notion.com', 'notion.so'],
    authMethods: ['client_secret_basic'],
    quirks: { tokenRequestBody: 'json', authorizationParameters: { owner: 'user' } },
  },
  slack: {
    authorizationEndpoint: 'https://slack.com/oauth/v2/authorize',
    tokenEndpoint: 'https://slack.com/api/oauth.v2.access',
    defaultScopes: 'channels:read chat:write',
    hosts: ['slack.com'],
    authMethods: ['client_secret_basic', 'client_secret_post'],
    quirks: {
      scopeSeparator: ',',
      // A grant of user scopes alone has no bot token at the top.
      tokenFallbackMember: 'authed_user',
      successMember: 'ok',
      bearerTypes: ['bot', 'user'],
      errorAliases: {
        invalid_code: 'invalid_grant',
        code_already_used: 'invalid_grant',
        invalid_refresh_token: 'invalid_grant',
        token_revoked: 'invalid_grant',
        token_expired: 'invalid_grant',
        bad_client_secret: 'invalid_client',
        invalid_client_id: 'invalid_client',
        bad_redirect_uri: 'invalid_request',
      },
    },
  },
  stripe: {
    authorizationEndpoint: 'https://connect.stripe.com/oauth/authorize',
    tokenEndpoint: 'https://connect.stripe.com/oauth/token',
    defaultScopes: 'read_write',
    hosts: ['stripe.com'],
    authMethods: ['client_secret_post'],
  },
};

/** Every key of {@link providers}, sorted. */
export const providerKeys: readonly ProviderKey[] = (Object.keys(providers) as ProviderKey[]).sort();

/** Whether a text is a key of {@link providers}. */
export function isProviderKey(text: string): text is ProviderKey {
  return Object.hasOwn(providers, text);
}

/** The provider that a URL belongs to: its host is one of the provider's or lies below one. Nothing else counts. */
export function providerOfUrl(url: URL): Provider | null {
  const key = providerKeyOfUrl(url);
  return key ? providers[key] : null;
}

/**
 * The provider whose quirks hold at a token endpoint: the one whose own stands at the same origin. A provider's MCP
 * server with an authorization server of its own, such as `mcp.notion.com`, has none of them.
 */
export function providerKeyOfEndpoint(tokenEndpoint: string): ProviderKey | null {
  const { origin } = new URL(tokenEndpoint);
  return providerKeys.find((key) => new URL(providers[key].tokenEndpoint).origin === origin) ?? null;
}

/** What a provider does differently; nothing for everybody else. */
export function quirksOf(provider: ProviderKey | null): ProviderQuirks {
  return (provider && providers[provider].quirks) ?? {};
}

/** The key of {@link providerOfUrl}. */
export function providerKeyOfUrl(url: URL): ProviderKey | null {
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  const serves = (domain: string) => host === domain || host.endsWith(`.${domain}`);
  return providerKeys.find((key) => providers[key].hosts.some(serves)) ?? null;
}
