import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Egress } from '#egress';
import { raise } from '#kernel';
import { registryErrors } from './mcp-registry.errors.js';
import { type RegistryPage, readPage } from './registry-page.js';

const pageSize = 100;
const mebibyte = 1_048_576;

/** Which page of the registry. */
export interface PageWish {
  /** Null for the first one. */
  cursor: string | null;
  /** Only what changed since, deleted entries included; null for everything that is listed. */
  updatedSince: Date | null;
}

/** The registry that is synced from (`MCP_REGISTRY_URL`), by its stable API `/v0.1`. */
@Injectable()
export class RegistryUpstream {
  /** Its base URL. */
  readonly source: string;

  constructor(
    private readonly egress: Egress,
    config: AppConfig,
  ) {
    this.source = config.mcpRegistry.url;
  }

  /**
   * One page of at most 100 entries, latest versions only.
   * @throws AppError of `egress` or `mcp_registry`, whose sentence says what was wrong with the answer.
   */
  async fetchPage({ cursor, updatedSince }: PageWish, signal: AbortSignal): Promise<RegistryPage> {
    const query = new URLSearchParams({ version: 'latest', limit: String(pageSize) });
    if (updatedSince !== null) query.set('updated_since', updatedSince.toISOString());
    if (cursor !== null) query.set('cursor', cursor);
    const reply = await this.egress.request(`${this.source}/v0.1/servers?${query}`, {
      purpose: 'mcp_registry.sync',
      headers: { accept: 'application/json' },
      deadlineMs: 30_000,
      maxBytes: 5 * mebibyte,
      redirects: { max: 3 },
      signal,
    });
    if (reply.status !== 200) {
      const { status } = reply;
      const retryAfterSeconds = Number(reply.headers.get('retry-after') ?? Number.NaN);
      throw registryErrors.upstreamStatus({ params: { status }, details: { status, retryAfterSeconds } });
    }
    return readPage(reply.json()) ?? raise(registryErrors.upstreamShape());
  }
}
