import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { type Manifest, manifestJsonSchema } from '#connector-manifests';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { ConnectorCatalogue } from './connector-catalogue.js';
import { toConnectorResponse, toInstallationResponse } from './connectors.mapper.js';
import { ConnectorsRepository } from './connectors.repository.js';
import type { CatalogueStateResponse } from './dto/catalogue-state.response.js';
import type { ConnectorResponse } from './dto/connector.response.js';
import type { ConnectorInstallationResponse } from './dto/connector-installation.response.js';
import type { ListConnectorsQuery } from './dto/list-connectors.query.js';
import { monogram } from './monogram.js';

/** What can be installed, and what is. */
@Injectable()
export class ConnectorsService {
  constructor(
    private readonly catalogue: ConnectorCatalogue,
    private readonly repository: ConnectorsRepository,
    private readonly config: AppConfig,
  ) {}

  /** The catalogue in its own order; with a workspace, how often it has each connector. */
  async list(scope: WorkspaceScope | null, query: ListConnectorsQuery): Promise<Page<ConnectorResponse>> {
    const found = this.catalogue.manifests.filter((manifest) => matches(manifest, query));
    const shown = found.slice(query.offset, query.offset + query.limit);
    const counts =
      scope &&
      (await this.repository.countInstallations(
        scope,
        shown.map(({ id }) => id),
      ));
    const { publicUrl } = this.config.http;
    const items = shown.map((manifest) =>
      toConnectorResponse(manifest, publicUrl, counts && (counts.get(manifest.id) ?? 0)),
    );
    return { items, total: found.length };
  }

  /** @throws AppError `connector.not_found`. */
  get(id: string): Manifest {
    return this.catalogue.get(id);
  }

  /** A picture of the connector (SVG). @throws AppError `connector.not_found`. */
  logo(id: string): string {
    const { name, brand } = this.catalogue.get(id);
    return monogram(name, brand?.color);
  }

  /** The JSON Schema of manifest files. */
  schema(): Record<string, unknown> {
    return manifestJsonSchema(`${this.config.http.publicUrl}/api/v1/connectors/schema.json`);
  }

  /** Files that could not be used, for the operator. */
  state(): CatalogueStateResponse {
    const faults = this.catalogue.faults.map(({ file, origin, reasons }) => ({ file, origin, reasons: [...reasons] }));
    return { connector_count: this.catalogue.manifests.length, faults };
  }

  /** Installations of a connector in the workspace, newest first. @throws AppError `connector.not_found`. */
  async listInstallations(
    scope: WorkspaceScope,
    id: string,
    page: PageRequest,
  ): Promise<Page<ConnectorInstallationResponse>> {
    this.catalogue.get(id);
    const { items, total } = await this.repository.findInstallations(scope, id, page);
    return { items: items.map(toInstallationResponse), total };
  }
}

function matches({ id, name, description = '', category = '' }: Manifest, query: ListConnectorsQuery): boolean {
  if (query.category && category !== query.category) return false;
  const words = (query.q ?? '').toLowerCase().split(/\s+/);
  const text = `${id} ${name} ${description} ${category}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
