import type { Manifest } from '#connector-manifests';
import type { Installation } from './connectors.types.js';
import type { ConnectorResponse } from './dto/connector.response.js';
import type { ConnectorInstallationResponse } from './dto/connector-installation.response.js';

/** A connector as lists show it. `installations` is null when no workspace was named. */
export function toConnectorResponse(
  manifest: Manifest,
  publicUrl: string,
  installations: number | null,
): ConnectorResponse {
  return {
    id: manifest.id,
    name: manifest.name,
    description: manifest.description ?? '',
    category: manifest.category ?? '',
    auth_mode: manifest.auth_mode,
    brand_logo: `${publicUrl}/api/v1/connectors/${manifest.id}/logo.svg`,
    brand_color: manifest.brand?.color ?? '',
    ...(installations !== null && { installed: installations > 0, installation_count: installations }),
  };
}

/** An installation as it is answered. */
export function toInstallationResponse(row: Installation): ConnectorInstallationResponse {
  return {
    integration_id: row.integrationId,
    name: row.name,
    display_name: row.displayName,
    scope: row.crewId === null ? 'workspace' : 'crew',
    crew_id: row.crewId,
    enabled: row.enabled,
    credential_status: row.credentialStatus,
    created_at: row.createdAt.toISOString(),
  };
}
