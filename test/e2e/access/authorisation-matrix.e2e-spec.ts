import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionOf, type Permission, roleMay } from '#access';
import { type WorkspaceRole, workspaceRoles } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { type MatrixOperation, matrix, parametersOf } from './published-operations.fixture.js';
import { seedWorld, type World } from './seeded-world.fixture.js';

// Rules beside the table of roles. Everything that is not listed here follows the table exactly.
const specialRules: Record<
  string,
  { passes?: WorkspaceRole[]; mayRefuse?: WorkspaceRole[]; answers?: number; why: string }
> = {
  'POST /api/v1/agents': {
    passes: ['MEMBER', 'VIEWER'],
    mayRefuse: ['MEMBER', 'VIEWER'],
    why: 'a role in a crew may raise the member’s own, so the guard lets members in and the service decides by the crew that the body names',
  },
  'PATCH /api/v1/agents/{agentId}': {
    mayRefuse: ['MANAGER'],
    why: 'managers change their own agents and those of crews that they administer',
  },
  'DELETE /api/v1/agents/{agentId}': { mayRefuse: ['MANAGER'], why: 'as with changing one' },
  'POST /api/v1/workspaces/{workspaceId}/channels/{channelId}/test': {
    answers: 502,
    why: 'the chat platform of this world cannot be reached',
  },
};

// Public operations that refuse by a rule of their own, with the status of that refusal.
const ownRefusals: Record<string, { status: number; why: string }> = {
  'POST /api/auth/token/refresh': { status: 401, why: 'takes the refresh cookie instead of what the guard reads' },
  'POST /api/auth/callback/credentials': { status: 403, why: 'needs the CSRF token of the same browser' },
  'POST /api/v1/auth/signup': { status: 403, why: 'is closed on an instance that takes people by invitation only' },
  'POST /api/v1/webhooks/{type}': {
    status: 401,
    why: 'takes the platform’s signature instead of what the guard reads',
  },
  'POST /api/v1/webhooks/github': {
    status: 503,
    why: 'is closed on an instance without the secret of GitHub’s webhook',
  },
  'POST /api/v1/webhooks/github/{workspaceId}': { status: 503, why: 'as without the workspace' },
};

// Operations that judge something else before they look for a row, with what they answer here.
const lookedUpLater: Record<string, { status: number; why: string }> = {
  'POST /api/v1/integrations/composio/agents/{agentId}/bind': {
    status: 400,
    why: 'says first that the workspace has no key to Composio; with one a foreign agent is a missing one',
  },
};

const madeUpToken = `crewship_cli_${'0'.repeat(64)}`;
const malformedBody = '{';

const roleOperations = matrix.filter(({ permission }) => /^[a-z_]+:[a-z]+$/.test(permission));
const callerOperations = matrix.filter(({ permission }) => permission === 'signed_in');
const publicOperations = matrix.filter(({ permission }) => permission === 'public');
const adminOperations = matrix.filter(({ permission }) => permission === 'instance_admin');
const internalOperations = matrix.filter(({ permission }) => permission === 'internal');
const keyOperations = matrix.filter(({ permission }) => permission === 'team_key');
// What Composio keeps for the project behind the workspace's key is no row of any workspace.
const notRows = ['workspaceId', 'accountId', 'triggerId'];
const withRows = matrix.filter(
  ({ path, permission }) =>
    !['public', 'internal', 'instance_admin', 'team_key'].includes(permission) &&
    parametersOf(path).some((name) => !notRows.includes(name)),
);

describe('who may call what', () => {
  let test: TestApp;
  let ours: World;
  let theirs: World;
  let stranger: SeededMember;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
    [ours, theirs] = await Promise.all([seedWorld(test), seedWorld(test)]);
    stranger = theirs.members.OWNER;
  });
  afterAll(() => test.close());

  // Bodies are malformed: what passes the gate answers 400 and changes nothing.
  async function statusOf(operation: MatrixOperation, token: string | null, rows: World = ours): Promise<number> {
    const { method, path, permission, takesBody } = operation;
    const response = await test.call(addressOf(path, permission, rows), {
      method,
      ...(token !== null && { token }),
      ...(takesBody && { body: malformedBody, headers: { 'Content-Type': 'application/json' } }),
    });
    // A stream would not end by itself.
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) await response.body?.cancel();
    else await response.arrayBuffer();
    return response.status;
  }

  // The workspace is always ours; the rows may be another's.
  function addressOf(path: string, permission: string, rows: World): string {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'workspaceId' ? ours.workspaceId : rows.idFor(path, name),
    );
    const inQuery = permission.includes(':') && !path.includes('{workspaceId}');
    return inQuery ? `${filled}?workspace_id=${ours.workspaceId}` : filled;
  }

  const passed = (status: number): boolean => status < 500 && status !== 401 && status !== 403;

  it('covers every published operation', () => {
    const covered = [
      roleOperations,
      callerOperations,
      publicOperations,
      adminOperations,
      internalOperations,
      keyOperations,
    ].flat();
    expect(matrix.length).toBeGreaterThan(0);
    expect(matrix.filter((operation) => !covered.includes(operation)).map(({ label }) => label)).toEqual([]);
    const listed = [...Object.keys(specialRules), ...Object.keys(ownRefusals), ...Object.keys(lookedUpLater)];
    expect(listed.filter((label) => !matrix.some((operation) => operation.label === label))).toEqual([]);
  });

  it.each([...roleOperations, ...callerOperations, ...adminOperations, ...keyOperations])(
    '$label answers 401 without credentials and with made-up ones',
    async (operation) => {
      expect([await statusOf(operation, null), await statusOf(operation, madeUpToken)]).toEqual([401, 401]);
    },
  );

  it.each(roleOperations)('$label is closed to strangers', async (operation) => {
    const hidden = operation.path.includes('{workspaceId}') ? 404 : 403;
    expect(await statusOf(operation, stranger.token)).toBe(hidden);
  });

  // Before the roles, whose removals take our rows away.
  it.each(withRows)('$label answers 404 for rows of another workspace', async (operation) => {
    const { method, path, permission, takesBody, example } = operation;
    const response = await test.call(addressOf(path, permission, theirs), {
      method,
      token: ours.members.OWNER.token,
      ...(takesBody && { json: example ?? {} }),
    });
    expect(response.status).toBe(lookedUpLater[operation.label]?.status ?? 404);
  });

  it.each(roleOperations)('$label ($permission) refuses exactly the roles that lack it', async (operation) => {
    const action = actionOf(operation.permission as Permission);
    const { passes = [], mayRefuse = [], answers } = specialRules[operation.label] ?? {};
    // From the lowest role up, so that a removal happens last.
    for (const role of [...workspaceRoles].reverse()) {
      const status = await statusOf(operation, ours.members[role].token);
      const isAllowed = roleMay(role, action) || passes.includes(role);
      const isRefused = status === 403;
      if (!(isRefused && mayRefuse.includes(role)))
        expect({ role, status, isRefused }).toEqual({ role, status, isRefused: !isAllowed });
      expect({ role, status, passed: isRefused || passed(status) || status === answers }).toEqual({
        role,
        status,
        passed: true,
      });
    }
  });

  it.each(callerOperations)('$label lets every signed-in caller through the gate', async (operation) => {
    for (const member of [...workspaceRoles.map((role) => ours.members[role]), stranger]) {
      const status = await statusOf(operation, member.token);
      expect({ status, passed: passed(status) }).toEqual({ status, passed: true });
    }
  });

  it('closes what is for the instance administrator to everybody else', async () => {
    const callers = [...workspaceRoles.map((role) => ours.members[role]), stranger];
    for (const operation of adminOperations) {
      for (const { token } of callers)
        expect([operation.label, await statusOf(operation, token)]).toEqual([operation.label, 403]);
    }
  });

  it.each(internalOperations)('$label is closed to everybody but the runtime', async (operation) => {
    const tokens = [null, madeUpToken, ...workspaceRoles.map((role) => ours.members[role].token), stranger.token];
    for (const token of tokens) expect(await statusOf(operation, token)).toBe(403);
  });

  it.each(publicOperations)('$label is open to anybody, whatever credentials they send', async (operation) => {
    for (const token of [null, madeUpToken, ours.members.VIEWER.token]) {
      const status = await statusOf(operation, token);
      const isOpen = passed(status) || status === ownRefusals[operation.label]?.status;
      expect({ status, isOpen }).toEqual({ status, isOpen: true });
    }
  });

  describe.each(keyOperations)('$label ($scope)', (operation) => {
    const others = ['integrations:read', 'integrations:write'].filter((scope) => scope !== operation.scope);

    it('is closed to members and to keys without the scope', async () => {
      expect(await statusOf(operation, ours.members.OWNER.token)).toBe(401);
      expect(await statusOf(operation, await ours.keyFor(others))).toBe(403);
    });

    it('answers keys of another workspace as if nothing were there', async () => {
      const response = await test.call(addressOf(operation.path, operation.permission, ours), {
        method: operation.method,
        token: await theirs.keyFor(['*']),
        ...(operation.takesBody && { json: operation.example ?? {} }),
      });
      expect(response.status).toBe(404);
    });

    it('lets keys with the scope through', async () => {
      for (const scopes of [[operation.scope ?? ''], ['*']]) {
        const status = await statusOf(operation, await ours.keyFor(scopes));
        expect({ status, passed: passed(status) }).toEqual({ status, passed: true });
      }
    });
  });

  it('opens storing credentials to members with the capability `credential.create`', async () => {
    const operation = matrix.find(({ opening }) => opening === 'capability:credential.create');
    const capable = await test.seed.member(ours.workspaceId, 'MEMBER', ['credential.create']);
    expect(operation && passed(await statusOf(operation, capable.token))).toBe(true);
  });
});
