import { hash } from 'node:crypto';
import type { ProviderKey } from '#oauth';

/** What a credential says of its authorization server: everything that an authorization and its exchange need. */
export interface FlowSettings {
  clientId: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  scopes: string | null;
  issuer: string | null;
  issRequired: boolean;
  resource: string | null;
  provider: ProviderKey | null;
}

/** A digest of who was asked, and as whom: a code is exchanged there and as that client, or not at all. */
export function settingsHashOf({ clientId, authorizationEndpoint, tokenEndpoint, issuer }: FlowSettings): string {
  return hash('sha256', JSON.stringify([clientId, authorizationEndpoint, tokenEndpoint, issuer]));
}
