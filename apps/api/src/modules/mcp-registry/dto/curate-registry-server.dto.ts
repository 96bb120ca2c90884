import { ChoiceField, FlagField, TextField } from '#http';
import { type TrustTier, trustTiers } from '../mcp-registry.types.js';

/** What this instance says of an entry. Absent and null members stay as they are. */
export class CurateRegistryServerDto {
  /** How far it is trusted. */
  @ChoiceField(trustTiers, { enumName: 'TrustTier', nullable: true })
  trust_tier?: TrustTier | null;

  /** Whether it stands at the head of lists. */
  @FlagField({ nullable: true })
  is_featured?: boolean | null;

  /** Group that searches find it by; "" for none. */
  @TextField({ max: 100, nullable: true, example: 'Finance' })
  category?: string | null;
}
