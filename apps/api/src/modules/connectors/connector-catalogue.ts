import { Logger } from '@nestjs/common';
import {
  assembleCatalogue,
  bundledFolder,
  type Catalogue,
  type CatalogueFault,
  type Manifest,
  readManifestFolder,
} from '#connector-manifests';
import { raise } from '#kernel';
import { connectorErrors } from './connectors.errors.js';

/** The connectors of this instance, read once at start: the bundled ones, then those of the operator's folder. */
export class ConnectorCatalogue {
  readonly #byId: ReadonlyMap<string, Manifest>;
  /** In the order of their files, which is the order of lists. */
  readonly manifests: readonly Manifest[];
  /** Files that could not be used. */
  readonly faults: readonly CatalogueFault[];

  constructor({ manifests, faults }: Catalogue) {
    this.manifests = manifests;
    this.faults = faults;
    this.#byId = new Map(manifests.map((manifest) => [manifest.id, manifest]));
  }

  /** @throws AppError `connector.not_found`. */
  get(id: string): Manifest {
    return this.#byId.get(id) ?? raise(connectorErrors.notFound());
  }
}

/** Reads the catalogue. Whatever is wrong with a file, or with the operator's folder, is logged and left out. */
export async function loadCatalogue(folder: string | null): Promise<ConnectorCatalogue> {
  const files = await readManifestFolder(bundledFolder, 'bundled');
  if (folder !== null) {
    try {
      files.push(...(await readManifestFolder(folder, 'folder')));
    } catch {
      files.push({
        name: folder,
        origin: 'folder',
        content: { problem: 'the folder of CONNECTORS_DIR cannot be read' },
      });
    }
  }
  const catalogue = new ConnectorCatalogue(assembleCatalogue(files));
  const logger = new Logger('Connectors');
  for (const { file, reasons } of catalogue.faults) {
    logger.warn(`connector manifest ${file} is not used: ${reasons.slice(0, 5).join('; ')}`);
  }
  return catalogue;
}
