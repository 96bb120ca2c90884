import type { SeededMember, TestApp } from '#testing';
import { TestBrowser } from '../identity/browser.fixture.js';

/** A flow as its initiator got it. */
export interface Started {
  auth_url: string;
  state: string;
  flow_id: string;
  expires_at: string;
}

/** A problem document, as far as tests look at it. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
}

/** A browser whose owner calls the API with a token of theirs, as a web client does. */
export class FlowBrowserCalls {
  readonly browser: TestBrowser;

  constructor(
    private readonly test: TestApp,
    readonly member: SeededMember,
  ) {
    this.browser = new TestBrowser(test);
  }

  /** Calls an operation of the member's workspace. */
  post(path: string, json: unknown): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.member.token}`, 'X-Workspace-ID': this.member.workspaceId };
    return this.browser.call(path, { method: 'POST', json, headers });
  }

  /** Starts a flow for a credential in this browser. */
  async initiate(credentialId: string, more: object = {}): Promise<Started> {
    const response = await this.post('/api/v1/oauth/initiate', { credential_id: credentialId, ...more });
    if (response.status !== 200) throw new Error(`initiate answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Started;
  }

  /** Opens our callback in this browser, without being signed in by a session. */
  callback(parameters: URLSearchParams, headers: Record<string, string> = {}): Promise<Response> {
    return callback(this.browser, parameters, headers);
  }

  /** A flow as the member sees it. */
  async flow(id: string): Promise<Record<string, unknown>> {
    const { token, workspaceId } = this.member;
    const response = await this.test.call(`/api/v1/oauth/flows/${id}?workspace_id=${workspaceId}`, { token });
    return (await response.json()) as Record<string, unknown>;
  }
}

/** Opens our callback in a browser; programs are told in JSON. */
export function callback(
  browser: TestBrowser,
  parameters: URLSearchParams,
  headers: Record<string, string> = {},
): Promise<Response> {
  return browser.call(`/api/v1/oauth/callback?${parameters}`, { headers: { Accept: 'application/json', ...headers } });
}

/** The problem that an answer tells. */
export async function problemOf(response: Response): Promise<Problem> {
  const { status, code, detail } = (await response.json()) as Problem;
  return { status, code, detail };
}

/** The codes of audit rows about flows in a workspace, oldest first. */
export async function auditOf({ prisma }: TestApp, workspaceId: string): Promise<string[]> {
  const rows = await prisma.client.auditLog.findMany({
    where: { workspaceId, action: { startsWith: 'oauth.' } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { action: true },
  });
  return rows.map(({ action }) => action).sort();
}
