import { Secret } from '#kernel';
import type { CredType } from '#resolver-core';

/** A header that carries a credential. */
export interface CredentialHeader {
  name: string;
  value: Secret;
}

/**
 * How a binding's credential travels to an HTTP server: `Authorization: Bearer`, a header of its own (`X-API-Key` unless
 * named), or `Authorization: Basic` (RFC 7617), where a value without a colon is a password for the credential's username.
 */
export function credentialHeader(
  type: CredType,
  headerName: string | null,
  { value, username }: { value: Secret; username: string | null },
): CredentialHeader {
  switch (type) {
    case 'bearer':
      return { name: 'Authorization', value: new Secret(`Bearer ${value.reveal()}`) };
    case 'api_key':
      return { name: headerName ?? 'X-API-Key', value };
    case 'basic': {
      const plain = value.reveal();
      const pair = username !== null && !plain.includes(':') ? `${username}:${plain}` : plain;
      return { name: 'Authorization', value: new Secret(`Basic ${Buffer.from(pair, 'utf8').toString('base64')}`) };
    }
  }
}
