import { Body, Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, InstanceAdmin, Public } from '#access';
import { Audited } from '#audit-log';
import { AppConfig } from '#config';
import { Endpoint, RawBody } from '#http';
import type { CallerScope } from '#kernel';
import { bundleJsonSchema } from './bundle.schema.js';
import { BundleExportService } from './bundle-export.service.js';
import { BundleImportService } from './bundle-import.service.js';
import { BundleResponse } from './dto/bundle.response.js';
import { BundleSchemaResponse } from './dto/bundle-schema.response.js';
import { EncryptBundleDto } from './dto/encrypt-bundle.dto.js';
import { ImportBundleDto } from './dto/import-bundle.dto.js';
import { ImportedBundleResponse } from './dto/imported-bundle.response.js';

const notIn =
  'Not in it: members, tokens, history, Composio settings and the servers made for Composio apps, leases, OAuth tokens.';

/** Trees of workspaces as files (seed 004, "Templates & bundles"). */
@ApiTags('Bundles')
@Controller('api/v1/bundles')
export class BundlesController {
  constructor(
    private readonly exports: BundleExportService,
    private readonly imports: BundleImportService,
    private readonly config: AppConfig,
  ) {}

  @Get('schema')
  @Public('editors and validators fetch the schema of bundles without signing in')
  @Header('Cache-Control', 'public, max-age=3600')
  @Endpoint({ id: 'getBundleSchema', summary: 'Get the JSON Schema of bundles', type: BundleSchemaResponse })
  schema(): Record<string, unknown> {
    return bundleJsonSchema(`${this.config.http.publicUrl}/api/v1/bundles/schema`);
  }

  @Get('export/:workspaceId')
  @InstanceAdmin()
  @Endpoint({
    id: 'exportBundle',
    summary: 'Export a workspace and those below it as a bundle',
    description: `Secrets are named, never shown. What refers to something does so by name. ${notIn}`,
    type: BundleResponse,
    errors: [404, 422],
  })
  export(@Caller() caller: CallerScope, @Param('workspaceId') id: string): Promise<BundleResponse> {
    return this.exports.export(caller, id);
  }

  @Post('export/:workspaceId')
  @InstanceAdmin()
  @Audited('bundle.export')
  @Endpoint({
    id: 'exportEncryptedBundle',
    summary: 'Export a workspace and those below it as an encrypted file',
    description: `An age file (age-encryption.org/v1), with secrets when \`include_secrets\` says so. ${notIn}`,
    content: 'application/age',
    body: EncryptBundleDto,
    errors: [400, 404, 422],
  })
  async exportEncrypted(
    @Caller() caller: CallerScope,
    @Param('workspaceId') id: string,
    @Body() body: EncryptBundleDto,
    @Res() response: Response,
  ): Promise<void> {
    const bytes = await this.exports.exportEncrypted(caller, id, body);
    // In one piece, so that an Idempotency-Key finds it again.
    response.setHeader('Content-Type', 'application/age').setHeader('Content-Length', bytes.length).end(bytes);
  }

  @Post('import')
  @InstanceAdmin()
  @Audited('bundle.import')
  @Endpoint({
    id: 'importBundle',
    summary: 'Import a bundle',
    description:
      'Everything or nothing, at most 25 MB, 200 workspaces, 16 of them below each other, and 4000 entries. Credentials are made ' +
      'without values and wait as PENDING: `missing_secrets` names them. Channels are switched off until theirs are entered, and delivery endpoints ' +
      'are disabled until they are set again. In a plain bundle, without `format`, each name in `secrets` becomes such a credential. ' +
      'An import of the same bundle makes further workspaces, unless it carries the same `Idempotency-Key`.',
    status: 201,
    type: ImportedBundleResponse,
    body: ImportBundleDto,
    errors: [400, 413, 422],
  })
  import(@Caller() caller: CallerScope, @RawBody() body: Buffer): Promise<ImportedBundleResponse> {
    return this.imports.import(caller, body);
  }
}
