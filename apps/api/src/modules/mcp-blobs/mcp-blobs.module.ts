import { Module } from '@nestjs/common';
import { KeyringModule } from '../keyring/keyring.module.js';
import { McpBlobsService } from './mcp-blobs.service.js';

/** Texts of the legacy form `{"mcpServers": {…}}`. */
@Module({ imports: [KeyringModule], providers: [McpBlobsService], exports: [McpBlobsService] })
export class McpBlobsModule {}
