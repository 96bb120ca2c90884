import { Injectable } from '@nestjs/common';
import {
  type FieldValues,
  type Manifest,
  resolveTemplate,
  type SealedValue,
  type TemplateSource,
} from '#connector-manifests';
import type { WorkspaceScope } from '#kernel';
import { CredentialCreationService } from '../credentials/credential-creation.service.js';
import { ConnectorsRepository } from './connectors.repository.js';
import { invalidField } from './submitted-values.js';

/** One installation on its way. */
export interface Installing {
  source: TemplateSource;
  displayName: string;
  /** Crew that gets the integration; null for the workspace. */
  crewId: string | null;
}

/** The same with what its credentials are named by. */
export interface SealingInstalling extends Installing {
  /** End of the credentials' names. */
  suffix: string;
}

/** Makes the credentials of an installation. Runs in its transaction. */
@Injectable()
export class ConnectorCredentialsService {
  constructor(
    private readonly creation: CredentialCreationService,
    private readonly repository: ConnectorsRepository,
  ) {}

  /** Seals values, each as a credential of its own, and answers the ids. */
  async seal(scope: WorkspaceScope, installing: SealingInstalling, sealed: readonly SealedValue[]): Promise<string[]> {
    const ids: string[] = [];
    for (const { key, value } of sealed) {
      const made = await this.creation.create(scope, { ...this.#basics(installing, key), value: value.reveal() });
      ids.push(made.id);
    }
    return ids;
  }

  /**
   * Makes the OAuth credential of `byo_oauth`, which waits for the authorization.
   * @throws AppError 400 for a value that cannot stand in the provider's URLs.
   */
  async makeOauth(
    scope: WorkspaceScope,
    installing: SealingInstalling,
    oauth: NonNullable<Manifest['oauth']>,
  ): Promise<string> {
    const { source } = installing;
    const { values } = source;
    const authUrl = new URL(urlOf(source, oauth.authorization_url));
    for (const [name, value] of Object.entries(oauth.extra ?? {})) authUrl.searchParams.set(name, value);
    const made = await this.creation.create(scope, {
      ...this.#basics(installing, 'oauth'),
      type: 'OAUTH2',
      oauth_client_id: textOf(values, 'client_id'),
      oauth_client_secret: textOf(values, 'client_secret'),
      oauth_auth_url: authUrl.href,
      oauth_token_url: urlOf(source, oauth.token_url),
      oauth_scopes: oauth.scopes?.join(' ') ?? null,
    });
    if (oauth.token_auth_method) {
      await this.repository.updateTokenAuthMethod(scope, made.id, oauth.token_auth_method);
    }
    return made.id;
  }

  #basics({ source, displayName, crewId, suffix }: SealingInstalling, key: string) {
    return {
      name: credentialName(source.manifest, key, suffix),
      description: `Made with the integration "${displayName}" by the connector ${source.manifest.name}`,
      ...(crewId !== null && { scope: 'CREW' as const, crew_ids: [crewId] }),
    };
  }
}

/** Name of the credential that holds a value of an installation. */
export function credentialName(manifest: Manifest, key: string, suffix: string): string {
  return `${manifest.id}-${key}-${suffix}`;
}

function urlOf(source: TemplateSource, template: string): string {
  const resolved = resolveTemplate(source, template, 'url');
  if (!resolved.ok) throw invalidField(resolved);
  return resolved.text;
}

function textOf(values: FieldValues, key: string): string | null {
  return values.get(key) || null;
}
