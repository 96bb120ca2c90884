import { Injectable } from '@nestjs/common';
import { AuditLogService, redactedDiff } from '#audit-log';
import type { LateBody } from '#http';
import { type CallerScope, Transactions } from '#kernel';
import type { CurateRegistryServerDto } from './dto/curate-registry-server.dto.js';
import type { RegistryServerResponse } from './dto/registry-server.response.js';
import { toRegistryServerResponse } from './mcp-registry.mapper.js';
import { McpRegistryService } from './mcp-registry.service.js';
import { type Curation, RegistryCurationRepository } from './registry-curation.repository.js';

/** What this instance says of entries, beside what the registry says. Syncs leave it alone. */
@Injectable()
export class RegistryCurationService {
  constructor(
    private readonly registry: McpRegistryService,
    private readonly curation: RegistryCurationRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Changes what is given and answers the entry. What changes nothing is not audited.
   * @throws AppError `mcp_registry.not_found` before it judges the body, 400 for the body.
   */
  curate(scope: CallerScope, name: string, body: LateBody<CurateRegistryServerDto>): Promise<RegistryServerResponse> {
    return this.transactions.run(async () => {
      await this.curation.holdSync();
      const before = await this.registry.getServer(name);
      const change = changeOf(body.read());
      const metadata = redactedDiff({ ...before }, change);
      if (Object.keys(metadata).length === 0) return toRegistryServerResponse(before);
      await this.curation.write(before.name, change);
      await this.audit.record(scope, {
        action: 'mcp_registry.curate',
        entityType: 'MCP_REGISTRY',
        entityId: before.name,
        entityName: before.displayName,
        metadata,
      });
      return toRegistryServerResponse({ ...before, ...change });
    });
  }
}

function changeOf({ trust_tier, is_featured, category }: CurateRegistryServerDto): Partial<Curation> {
  return {
    ...(typeof trust_tier === 'string' && { trustTier: trust_tier }),
    ...(typeof is_featured === 'boolean' && { isFeatured: is_featured }),
    ...(typeof category === 'string' && { category: category.trim() }),
  };
}
