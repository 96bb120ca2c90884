import type { SeededMember, TestApp } from '#testing';

/** Asks for an approval as somebody; answers its id. */
export async function ask(app: TestApp, by: SeededMember, body: Record<string, unknown> = {}): Promise<string> {
  const response = await app.call(`/api/v1/workspaces/${by.workspaceId}/approvals`, {
    method: 'POST',
    token: by.token,
    json: { action: 'Delete the staging database', ...body },
  });
  if (response.status !== 201) throw new Error(`asking answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { approval_id: string }).approval_id;
}

/** Decides as somebody, in their workspace. */
export function decide(
  app: TestApp,
  by: { token: string; workspaceId: string },
  id: string,
  body: unknown = { decision: 'approve' },
): Promise<Response> {
  return app.call(`/api/v1/workspaces/${by.workspaceId}/approvals/${id}/decide`, {
    method: 'POST',
    token: by.token,
    json: body,
  });
}

/** The types and payloads of a workspace's events, oldest first. */
export async function eventsOf(app: TestApp, workspaceId: string): Promise<{ type: string; payload: unknown }[]> {
  const types = { startsWith: 'APPROVAL_' };
  return app.prisma.client.event.findMany({
    where: { workspaceId, type: types },
    orderBy: [{ xid: 'asc' }, { seq: 'asc' }],
    select: { type: true, payload: true },
  });
}

/** A workspace below another one. */
export async function workspaceBelow(app: TestApp, parentId: string): Promise<SeededMember> {
  const owner = await app.seed.workspace();
  const now = app.clock.now();
  await app.prisma.client.workspaceRuntime.create({
    data: { workspaceId: owner.workspaceId, parentId, createdAt: now, updatedAt: now },
  });
  return owner;
}

/** A token of the member's workspace. */
export async function workspaceToken(app: TestApp, by: SeededMember, scopes: string[]): Promise<string> {
  const response = await app.call(`/api/v1/workspaces/${by.workspaceId}/tokens`, {
    method: 'POST',
    token: by.token,
    json: { scopes },
  });
  return ((await response.json()) as { auth_token: string }).auth_token;
}
