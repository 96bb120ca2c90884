import { describe, expect, it } from 'vitest';
import { type EditClaim, leadModeOf, mayEdit, raisedRole, requireCrewOfLead } from './agent-rules.js';

const claim: EditClaim = { role: 'MANAGER', userId: 'u1', crewRole: null, createdByUserId: 'u2' };

describe('the rules of agents', () => {
  it.each([
    ['MEMBER', 'MANAGER', 'MANAGER'],
    ['VIEWER', 'OWNER', 'OWNER'],
    ['ADMIN', 'VIEWER', 'ADMIN'],
    ['MANAGER', null, 'MANAGER'],
    ['MEMBER', 'SOMETHING', 'MEMBER'],
  ] as const)('raises %s by the crew role %s to %s, and never lowers', (role, crewRole, expected) => {
    expect(raisedRole(role, crewRole)).toBe(expected);
  });

  it.each([
    ['an owner', { role: 'OWNER' }, true],
    ['an admin', { role: 'ADMIN' }, true],
    ["a manager, somebody else's agent", {}, false],
    ['a manager, their own agent', { createdByUserId: 'u1' }, true],
    ['a manager who administers the crew', { crewRole: 'ADMIN' }, true],
    ['a manager who is a manager of the crew', { crewRole: 'MANAGER' }, false],
    ['a manager without a user, an agent without a creator', { userId: null, createdByUserId: null }, false],
    [
      'a member who made it and administers the crew',
      { role: 'MEMBER', createdByUserId: 'u1', crewRole: 'OWNER' },
      false,
    ],
  ] as const)('lets %s change an agent: %#', (_who, given, expected) => {
    expect(mayEdit({ ...claim, ...given })).toBe(expected);
  });

  it('has no lead outside a crew', () => {
    expect(() => requireCrewOfLead({ agentRole: 'LEAD', crewId: null })).toThrow('LEAD role requires crew_id');
  });

  it('gives a lead the active mode unless told, and nobody else a mode', () => {
    expect([leadModeOf('LEAD', null), leadModeOf('LEAD', 'passive'), leadModeOf('AGENT', 'active')]).toEqual([
      'active',
      'passive',
      null,
    ]);
  });
});
