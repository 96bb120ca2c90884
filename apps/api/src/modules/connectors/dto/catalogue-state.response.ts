import { ApiProperty } from '@nestjs/swagger';

/** A manifest file that is not in the catalogue. */
export class CatalogueFaultResponse {
  /** Name of the file. */
  file: string;

  /** Where it comes from: shipped with the product, or the operator's folder. */
  @ApiProperty({ enum: ['bundled', 'folder'], enumName: 'ManifestOrigin' })
  origin: 'bundled' | 'folder';

  /** What is wrong with it, one sentence each. */
  reasons: string[];
}

/** How the catalogue was loaded. */
export class CatalogueStateResponse {
  /** How many connectors can be installed. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  connector_count: number;

  /** Files that could not be used. */
  faults: CatalogueFaultResponse[];
}
