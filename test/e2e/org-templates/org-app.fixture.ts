import { adminToken, type TemplatesApp } from '../templates/instance-admin.fixture.js';

/** What an import answers, good or bad. */
export interface OrgAnswer {
  httpStatus: number;
  detail?: string;
  errors?: { field: string; message: string }[];
  org?: string;
  count?: number;
  repeated?: boolean;
  workspaces?: {
    id: string;
    slug: string;
    name: string;
    tier: number;
    channels?: string[];
    channels_skipped?: unknown[];
  }[];
  report?: {
    skipped: { workspace: string; kind: string; name: string; reason: string }[];
    skipped_count: number;
    notes: { workspace: string; kind: string; note: string }[];
  };
}

/** Imports an organisation. */
export async function importOrg(
  app: TemplatesApp,
  json: unknown,
  { token = adminToken, headers }: { token?: string | null; headers?: Record<string, string> } = {},
): Promise<OrgAnswer> {
  const response = await app.test.call('/api/v1/org/import', {
    method: 'POST',
    json,
    ...(token !== null && { token }),
    ...(headers && { headers }),
  });
  return { ...((await response.json()) as Omit<OrgAnswer, 'httpStatus'>), httpStatus: response.status };
}

/** How many rows of everything an import could have made there are. */
export async function rowCounts({ test }: TemplatesApp): Promise<Record<string, number>> {
  const { client } = test.prisma;
  return {
    workspaces: await client.workspace.count(),
    members: await client.workspaceMember.count(),
    runtimes: await client.workspaceRuntime.count(),
    crews: await client.crew.count(),
    agents: await client.agent.count(),
    files: await client.workspaceFile.count(),
    memories: await client.workspaceMemory.count(),
    schedules: await client.schedule.count(),
    channels: await client.channel.count(),
    credentials: await client.credential.count(),
    events: await client.event.count(),
    imports: await client.orgImport.count(),
    audit: await client.auditLog.count(),
  };
}

/** Workspaces below each other, so many levels deep. */
export function nested(levels: number): object {
  return levels === 0 ? {} : { children: [{ name: `level ${levels}`, ...nested(levels - 1) }] };
}
