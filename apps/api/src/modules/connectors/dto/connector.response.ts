import { ApiProperty } from '@nestjs/swagger';
import { type AuthMode, authModes } from '#connector-manifests';

/** A connector as the catalogue lists it (seed 001, "List Connectors"). */
export class ConnectorResponse {
  /** Id of the manifest. */
  id: string;

  /** Name shown to people. */
  name: string;

  /** What it is for, in one sentence. */
  description: string;

  /** Group in the catalogue; "" for none. */
  category: string;

  /** How credentials are collected. */
  @ApiProperty({ enum: authModes, enumName: 'ConnectorAuthMode' })
  auth_mode: AuthMode;

  /** URL of a picture (SVG). */
  @ApiProperty({ format: 'uri' })
  brand_logo: string;

  /** Accent colour, `#RRGGBB`; "" for none. */
  brand_color: string;

  /** Whether the named workspace has it, at either level. Absent when none was named. */
  installed?: boolean;

  /** How often the named workspace has it. Absent when none was named. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, required: false })
  installation_count?: number;
}
