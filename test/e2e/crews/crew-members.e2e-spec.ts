import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/crews/{crewId}/members';

describe('members of a crew', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());

  const add = (user_id: string, caller = owner) =>
    test.as(caller).POST(path, { params: { path: { crewId } }, body: { user_id, role: 'MANAGER' } });

  it('adds a member of the workspace once, lists them with their person, and takes them out once', async () => {
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const statuses = await Promise.all([add(member.userId), add(member.userId)]);
    expect(statuses.map(({ response }) => response.status).sort()).toEqual([201, 409]);
    const listed = await test.as(member).GET(path, { params: { path: { crewId } } });
    expect(listed.data).toMatchObject([{ crew_id: crewId, role: 'MANAGER', user: { email: member.email } }]);
    const params = { params: { path: { crewId, memberId: listed.data?.[0]?.id ?? '' } } };
    const removed = await test.as(owner).DELETE('/api/v1/crews/{crewId}/members/{memberId}', params);
    const again = await test.as(owner).DELETE('/api/v1/crews/{crewId}/members/{memberId}', params);
    expect([removed.response.status, again.response.status, again.error?.detail]).toEqual([
      200,
      404,
      'Member not found',
    ]);
  });

  it("does not tell a stranger's user from one that does not exist", async () => {
    const stranger = await test.seed.workspace();
    const answers = [await add(stranger.userId), await add('cnobody')];
    expect(answers.map(({ response, error }) => [response.status, error?.detail])).toEqual([
      [404, 'User not found'],
      [404, 'User not found'],
    ]);
  });

  it('lets only who manages the workspace change members', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    expect((await add(manager.userId, manager)).response.status).toBe(403);
  });
});
