import { Injectable } from '@nestjs/common';
import type { TaggedPage } from '#http';
import { type PageRequest, raise } from '#kernel';
import type { ListRegistryQuery } from './dto/list-registry.query.js';
import type { RegistryServerResponse } from './dto/registry-server.response.js';
import type { SearchRegistryQuery } from './dto/search-registry.query.js';
import { registryErrors } from './mcp-registry.errors.js';
import { toRegistryServerResponse } from './mcp-registry.mapper.js';
import { McpRegistryRepository } from './mcp-registry.repository.js';
import type { RegistryServer } from './mcp-registry.types.js';
import { filterOf, patternOf, type RegistryFilter } from './registry-filter.js';
import { findNameFault } from './registry-name.js';
import { RegistryPages, type RegistryRead } from './registry-pages.js';

/** Our copy of the public registry of MCP servers. */
@Injectable()
export class McpRegistryService {
  readonly #pages = new RegistryPages();

  constructor(private readonly repository: McpRegistryRepository) {}

  /** One page, featured entries first, then by name. @throws AppError 400 for an unknown filter word. */
  async list(query: ListRegistryQuery): Promise<TaggedPage> {
    const filter = filterOf(query);
    return this.#page(null, filter, query, () => this.repository.findMany(filter, query));
  }

  /** One page of what holds `q`; everything when it is blank. @throws AppError as {@link list}. */
  async search(query: SearchRegistryQuery): Promise<TaggedPage> {
    const pattern = patternOf(query.q);
    if (pattern === null) return this.list(query);
    const filter = filterOf(query);
    return this.#page(pattern, filter, query, () => this.repository.search(pattern, filter, query));
  }

  #page(
    pattern: string | null,
    { trustTier, isFeatured }: RegistryFilter,
    { limit, offset }: PageRequest,
    read: () => Promise<RegistryRead<RegistryServer>>,
  ): Promise<TaggedPage> {
    const key = JSON.stringify([pattern, trustTier, isFeatured, limit, offset]);
    return this.#pages.find(key, {
      revision: () => this.repository.revision(),
      read: async () => {
        const { items, ...facts } = await read();
        return { items: items.map(toRegistryServerResponse), ...facts };
      },
    });
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
