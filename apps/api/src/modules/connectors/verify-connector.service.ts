import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppConfig } from '#config';
import { type Manifest, resolveTemplate, type TemplateSource } from '#connector-manifests';
import type { LateBody } from '#http';
import { unreachable, type WorkspaceScope } from '#kernel';
import { ConnectorCatalogue } from './connector-catalogue.js';
import { connectorErrors } from './connectors.errors.js';
import type { VerifyConnectorDto } from './dto/verify-connector.dto.js';
import type { VerifyConnectorResponse } from './dto/verify-connector.response.js';
import { HttpVerifyService } from './http-verify.service.js';
import { McpVerifyService } from './mcp-verify.service.js';
import { PostgresVerifyService } from './postgres-verify.service.js';
import { ProviderWords } from './provider-words.js';
import { fieldValuesOf, invalidField, readBody, requiredFault } from './submitted-values.js';
import { accepted, type Verdict } from './verdict.js';

/** Trying values before they are installed. */
@Injectable()
export class VerifyConnectorService {
  constructor(
    private readonly catalogue: ConnectorCatalogue,
    private readonly http: HttpVerifyService,
    private readonly postgres: PostgresVerifyService,
    private readonly mcp: McpVerifyService,
    private readonly audit: AuditLogService,
    private readonly config: AppConfig,
  ) {}

  /** @throws AppError 404 `connector not found`, then 400 for the body or the first field that has no or a wrong value. */
  async verify(
    scope: WorkspaceScope,
    id: string,
    body: LateBody<VerifyConnectorDto>,
  ): Promise<VerifyConnectorResponse> {
    const manifest = this.catalogue.get(id);
    const { fields } = readBody(body);
    if (!takesValues(manifest)) return accepted();
    const values = fieldValuesOf(manifest, fields, (key) =>
      connectorErrors.requiredFieldMissing({
        params: { key },
        fields: requiredFault(key, `missing required field: ${key}`),
      }),
    );
    const verdict = await this.#verdict({ manifest, values, instanceUrl: this.config.http.publicUrl });
    await this.audit.record(scope, {
      action: 'connector.verify',
      entityType: 'CONNECTOR',
      entityId: manifest.id,
      entityName: manifest.name,
      metadata: { connector_name: manifest.name, auth_mode: manifest.auth_mode, ok: verdict.ok },
    });
    return verdict;
  }

  async #verdict(source: TemplateSource): Promise<Verdict> {
    const { verify } = source.manifest;
    const words = new ProviderWords(source.manifest, source.values);
    if (verify?.http) return this.http.verify(source, verify.http, words);
    if (verify?.mcp_method) return this.mcp.verify(source);
    if (!verify?.sql) return accepted();
    const dsn = resolveTemplate(source, verify.sql.dsn, 'dsn');
    if (!dsn.ok) throw invalidField(dsn);
    return this.postgres.verify(dsn.text, words);
  }
}

// The others get their credentials in the browser, or need none.
function takesValues({ auth_mode: mode }: Manifest): boolean {
  switch (mode) {
    case 'pat':
    case 'conn_string':
      return true;
    case 'mcp_oauth':
    case 'byo_oauth':
    case 'none':
      return false;
    default:
      return unreachable(mode);
  }
}
