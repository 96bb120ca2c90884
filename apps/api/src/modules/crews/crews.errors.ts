import { defineErrors } from '#kernel';

/** Errors of crews and their members. */
export const crewErrors = defineErrors('crew', {
  notFound: { kind: 'not_found', message: 'Crew not found' },
  slugTaken: { kind: 'conflict', message: 'Crew slug already taken in this workspace' },
  forbidden: { kind: 'forbidden', message: 'Forbidden' },
  invalidDomain: { kind: 'invalid', message: 'invalid domain: "{domain}"' },
  invalidMemory: { kind: 'invalid', message: 'container_memory_mb must be 0 or from 6 to 262144' },
  invalidCpus: { kind: 'invalid', message: 'container_cpus must be 0 or from 0.01 to 512' },
  memberNotFound: { kind: 'not_found', message: 'Member not found' },
  userNotFound: { kind: 'not_found', message: 'User not found' },
  alreadyMember: { kind: 'conflict', message: 'User is already a member of this crew' },
});
