import { defineErrors } from '#kernel';

/** Errors of approvals. */
export const approvalErrors = defineErrors('approval', {
  invalidBody: { kind: 'invalid', message: 'invalid request body' },
  agentNotFound: { kind: 'invalid', message: 'agent_id names no agent of this workspace' },
  contextTooLarge: {
    kind: 'invalid',
    message: 'context, metadata and options must have at most 32 KiB of JSON together',
  },
  contextTooDeep: { kind: 'invalid', message: 'context, metadata and options must be nested at most 16 levels deep' },
  contextUnstorable: { kind: 'invalid', message: 'context must not contain a NUL character' },
  reservedName: { kind: 'invalid', message: 'decided_by must not be auto-expired: that is how expiry is told' },
  tooMany: { kind: 'rate_limited', message: 'maximum {most} pending approvals per workspace' },
  notFound: { kind: 'not_found', message: 'approval not found' },
  notPending: { kind: 'not_found', message: 'approval not found or already decided' },
  manageRequired: { kind: 'forbidden', message: 'Only those who may decide see the approvals of workspaces below' },
});
