import { checkUrl, instantOf, normalizedTags } from './credential-rules.js';
import type { CredentialFieldsDto } from './dto/credential-fields.dto.js';

/**
 * The plain columns that a body gives. Undefined: not given; null clears a nullable column and is no value for others.
 * @throws AppError 400 for an instant, tag or URL that is none.
 */
export function columnsOf(dto: CredentialFieldsDto) {
  return {
    description: dto.description,
    provider: dto.provider?.trim() || undefined,
    username: dto.username,
    accountLabel: dto.account_label,
    accountEmail: dto.account_email,
    tokenExpiresAt: dto.token_expires_at
      ? instantOf(dto.token_expires_at)
      : dto.token_expires_at === null
        ? null
        : undefined,
    tags: dto.tags ? normalizedTags(dto.tags) : undefined,
    sensitivity: dto.sensitivity ?? undefined,
    securityLevel: dto.security_level ?? undefined,
    provisionedForService: dto.provisioned_for_service,
  };
}

/** The OAuth columns that a body gives, likewise. */
export function oauthColumnsOf(dto: CredentialFieldsDto) {
  return {
    oauthClientId: dto.oauth_client_id === '' ? null : dto.oauth_client_id,
    // A client that a person gives is theirs to renew.
    ...(dto.oauth_client_id !== undefined && { oauthClientRedirectUri: null, oauthClientExpiresAt: null }),
    oauthAuthUrl: urlOf(dto.oauth_auth_url, 'oauth_auth_url'),
    oauthTokenUrl: urlOf(dto.oauth_token_url, 'oauth_token_url'),
    oauthScopes: dto.oauth_scopes,
  };
}

function urlOf(text: string | null | undefined, field: string): string | null | undefined {
  if (text === null || text === undefined) return text;
  return text === '' ? null : checkUrl(text, field).href;
}
