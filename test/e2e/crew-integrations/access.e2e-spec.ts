import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { crewCalls } from './crew-calls.fixture.js';

const endpoint = 'https://mcp.example.com/mcp';

describe('access to crew integrations', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  const { create, patch, get, remove } = crewCalls(() => ({ test, owner, crewId }));

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());

  it('lets a MANAGER create, an ADMIN also change and delete, and everybody read', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const created = await create({ name: 'by-manager', endpoint }, manager);
    const id = created.data?.id ?? '';
    const statuses = [
      created.response.status,
      (await create({ name: 'by-viewer', endpoint }, viewer)).response.status,
      (await patch(id, { icon: 'x' }, manager)).response.status,
      (await remove(id, manager)).response.status,
      (await get(id, viewer)).response.status,
      (await patch(id, { icon: 'x' }, admin)).response.status,
      (await remove(id, admin)).response.status,
      (await remove(id, admin)).response.status,
    ];
    expect(statuses).toEqual([201, 403, 403, 403, 200, 200, 200, 404]);
  });

  it('hides a server behind another crew, another workspace and a deleted crew exactly as a missing one', async () => {
    const stranger = await test.seed.workspace();
    const other = await test.seed.crew(owner.workspaceId);
    const dead = await test.seed.crew(owner.workspaceId, { deletedAt: test.clock.now() });
    const theirCrew = await test.seed.crew(stranger.workspaceId);
    const mine = await test.seed.crewIntegration(owner.workspaceId, crewId);
    const theirs = await test.seed.crewIntegration(stranger.workspaceId, theirCrew);
    const buried = await test.seed.crewIntegration(owner.workspaceId, dead);
    const pairs = [
      [crewId, 'cmissing00000000000000000'],
      [other, mine],
      [theirCrew, theirs],
      [crewId, theirs],
      [dead, buried],
    ] as const;
    const problems = new Set<string>();
    for (const [crew, id] of pairs) {
      for (const { error, response } of [
        await get(id, owner, crew),
        await patch(id, { enabled: false }, owner, crew),
        await remove(id, owner, crew),
      ]) {
        problems.add(JSON.stringify({ ...error, instance: '', request_id: '', status: response.status }));
      }
    }
    expect([...problems]).toEqual([expect.stringContaining('Crew integration not found')]);
    expect(await test.prisma.client.crewIntegration.count({ where: { id: { in: [mine, theirs, buried] } } })).toBe(3);
  });

  it('answers 404 for the crew before it reads the body, and 403 before both', async () => {
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const send = (crew: string, caller: SeededMember) =>
      test.call(`/api/v1/crews/${crew}/integrations?workspace_id=${owner.workspaceId}`, {
        method: 'POST',
        token: caller.token,
        body: '{',
      });
    expect((await send('cmissing', viewer)).status).toBe(403);
    const missing = await send('cmissing', owner);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ detail: 'Crew not found' });
    expect((await send(crewId, owner)).status).toBe(400);
  });
});
