import { featuredWords, type ListRegistryQuery } from './dto/list-registry.query.js';
import { registryErrors } from './mcp-registry.errors.js';
import { type TrustTier, trustTiers } from './mcp-registry.types.js';

/** Which entries are wanted; null does not limit. */
export interface RegistryFilter {
  trustTier: TrustTier | null;
  isFeatured: boolean | null;
}

/** @throws AppError 400 for words that are none of the allowed ones. */
export function filterOf({ trust_tier, featured }: Pick<ListRegistryQuery, 'trust_tier' | 'featured'>): RegistryFilter {
  const tier = wordOf(trust_tier);
  const flag = wordOf(featured);
  const trustTier = trustTiers.find((each) => each === tier) ?? null;
  if (tier !== '' && trustTier === null) throw registryErrors.invalidTrustTier(faultOf('trust_tier', tier));
  const word = featuredWords.find((each) => each === flag) ?? null;
  if (flag !== '' && word === null) throw registryErrors.invalidFeatured(faultOf('featured', flag));
  return { trustTier, isFeatured: word === null ? null : word === 'true' || word === '1' };
}

/**
 * The pattern of a substring search, every character of which stands for itself; null for a blank text. Backslash is
 * what escapes in LIKE.
 */
export function patternOf(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : `%${trimmed.replace(/[\\%_]/g, '\\$&')}%`;
}

// A parameter that is given twice comes as an array.
function wordOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value ?? '').trim();
}

function faultOf(field: string, value: string) {
  const message = `${field} has a value that is not allowed`;
  return { params: { value: value.slice(0, 100) }, fields: [{ field, code: 'not_a_choice', message }] };
}
