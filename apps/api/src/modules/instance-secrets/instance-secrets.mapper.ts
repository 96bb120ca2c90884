import type { InstanceSecretResponse } from './dto/instance-secret.response.js';
import type { InstanceSecret } from './instance-secrets.types.js';

/** A stored row as it is answered: never with its value. */
export function toInstanceSecretResponse({ name, createdAt, updatedAt }: InstanceSecret): InstanceSecretResponse {
  return { key: name, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}
