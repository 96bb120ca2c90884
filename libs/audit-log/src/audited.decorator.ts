import { SetMetadata } from '@nestjs/common';

/** Metadata key of what a mutating route says about auditing. */
export const auditedKey = 'crewship:audited';

/** What a route says: the actions that it records, or why it records none. */
export type AuditStatement = { actions: readonly string[] } | { reason: string };

/** Names the audit actions that this mutation records, `noun.verb`. */
export function Audited(...actions: [string, ...string[]]): MethodDecorator {
  return SetMetadata(auditedKey, { actions } satisfies AuditStatement);
}

/** Says why a route that is not a GET records nothing. */
export function NotAudited(reason: string): MethodDecorator {
  return SetMetadata(auditedKey, { reason } satisfies AuditStatement);
}
