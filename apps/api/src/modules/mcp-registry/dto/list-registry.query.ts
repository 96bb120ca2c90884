import { ApiProperty } from '@nestjs/swagger';
import { Allow } from 'class-validator';
import { PageQuery } from '#http';
import { trustTiers } from '../mcp-registry.types.js';

/** Words for yes and no in `featured`. */
export const featuredWords = ['true', 'false', '1', '0'] as const;

/** Which entries of the registry are wanted. Blank filters are none. */
export class ListRegistryQuery extends PageQuery {
  /** Only entries that are trusted so far. */
  @ApiProperty({ enum: trustTiers, enumName: 'TrustTier', required: false })
  @Allow()
  trust_tier?: string;

  /** Only featured entries, or only the others. */
  @ApiProperty({ enum: featuredWords, enumName: 'FeaturedFilter', required: false })
  @Allow()
  featured?: string;
}
