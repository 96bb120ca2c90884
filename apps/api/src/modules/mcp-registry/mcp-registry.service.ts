import { Injectable } from '@nestjs/common';
import { type Page, raise } from '#kernel';
import type { ListRegistryQuery } from './dto/list-registry.query.js';
import type { RegistryServerResponse } from './dto/registry-server.response.js';
import type { SearchRegistryQuery } from './dto/search-registry.query.js';
import { registryErrors } from './mcp-registry.errors.js';
import { toRegistryServerResponse } from './mcp-registry.mapper.js';
import { McpRegistryRepository } from './mcp-registry.repository.js';
import type { RegistryServer } from './mcp-registry.types.js';
import { filterOf, patternOf } from './registry-filter.js';
import { findNameFault } from './registry-name.js';

/** Our copy of the public registry of MCP servers. */
@Injectable()
export class McpRegistryService {
  constructor(private readonly repository: McpRegistryRepository) {}

  /** One page, featured entries first, then by name. @throws AppError 400 for an unknown filter word. */
  async list(query: ListRegistryQuery): Promise<Page<RegistryServerResponse>> {
    return answered(await this.repository.findMany(filterOf(query), query));
  }

  /** One page of what holds `q`; everything when it is blank. @throws AppError as {@link list}. */
  async search(query: SearchRegistryQuery): Promise<Page<RegistryServerResponse>> {
    const pattern = patternOf(query.q);
    if (pattern === null) return this.list(query);
    return answered(await this.repository.search(pattern, filterOf(query), query));
  }

  /** @throws AppError `mcp_registry.not_found`, also for an entry that is gone from the registry. */
  async get(name: string): Promise<RegistryServerResponse> {
    return toRegistryServerResponse(await this.getServer(name));
  }

  /** The entry itself. @throws AppError `mcp_registry.not_found`. */
  async getServer(name: string): Promise<RegistryServer> {
    if (findNameFault(name) !== null) throw registryErrors.notFound();
    return (await this.repository.findByName(name)) ?? raise(registryErrors.notFound());
  }
}

function answered({ items, total }: Page<RegistryServer>): Page<RegistryServerResponse> {
  return { items: items.map(toRegistryServerResponse), total };
}
