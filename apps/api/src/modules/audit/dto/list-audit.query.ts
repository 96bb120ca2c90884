import { ChoiceField, IdField, InstantField, NumberedPageQuery, TextField } from '#http';
import { type AuditSource, auditSources } from '../audit-source.js';

/** Which rows of the audit log are wanted. */
export class ListAuditQuery extends NumberedPageQuery {
  /** Exactly this action, such as `integration.create`. */
  @TextField({ max: 100, example: 'integration.create' })
  action?: string;

  /** Exactly this type of thing, such as `INTEGRATION`. */
  @TextField({ max: 100, example: 'INTEGRATION' })
  entity_type?: string;

  /** Exactly this thing. */
  @TextField({ max: 100 })
  entity_id?: string;

  /** Only what this person did. */
  @IdField()
  user_id?: string;

  /** From this instant on, inclusive; a bare date means its beginning. */
  @InstantField()
  date_from?: string;

  /** Up to this instant, inclusive; a bare date means its end. */
  @InstantField()
  date_to?: string;

  /** Part of the action, the entity’s type, or the person’s email or name. */
  @TextField({ max: 200, example: 'integration' })
  search?: string;

  /** Only changes of this group. */
  @ChoiceField(auditSources, { enumName: 'AuditSource' })
  source?: AuditSource;
}
