import { describe, expect, it } from 'vitest';
import { workspaceRoles } from '#kernel';
import { type Action, actions, nouns, roleMay, scopesAllow } from './permissions.js';

describe('the table of roles', () => {
  // OWNER, ADMIN, MANAGER, MEMBER, VIEWER, as the product's documentation has them.
  const table: Record<Action, readonly boolean[]> = {
    read: [true, true, true, true, true],
    sync: [true, true, true, true, true],
    create: [true, true, true, false, false],
    update: [true, true, true, false, false],
    manage: [true, true, false, false, false],
    delete: [true, true, false, false, false],
    own: [true, false, false, false, false],
  };

  it.each(actions)('lets exactly the documented roles %s', (action) => {
    expect(workspaceRoles.map((role) => roleMay(role, action))).toEqual(table[action]);
  });
});

describe('the scopes of a token', () => {
  const writes = nouns.flatMap((noun) =>
    actions.filter((action) => action !== 'read').map((action) => `${noun}:${action}` as const),
  );

  it('limit nothing when there are none, or with `*`', () => {
    expect(writes.filter((permission) => !scopesAllow(null, permission) || !scopesAllow(['*'], permission))).toEqual(
      [],
    );
  });

  it('never limit reading', () => {
    expect(nouns.filter((noun) => !scopesAllow(['skills:write'], `${noun}:read`))).toEqual([]);
  });

  it('allow writing only what they name, and everything of the workspace only to its administration', () => {
    expect(writes.filter((permission) => scopesAllow(['skills:write', 'webhooks:*'], permission))).toEqual([]);
    expect(scopesAllow(['crews:write'], 'crew_integration:manage')).toBe(true);
    expect(scopesAllow(['crews:write'], 'integration:manage')).toBe(false);
    expect(scopesAllow(['agents:*'], 'agent_binding:create')).toBe(true);
    expect(scopesAllow(['agents:*'], 'credential:create')).toBe(false);
    expect(scopesAllow(['workspace:admin'], 'integration:manage')).toBe(true);
    expect(scopesAllow(['workspace:admin'], 'crew:manage')).toBe(false);
  });
});
