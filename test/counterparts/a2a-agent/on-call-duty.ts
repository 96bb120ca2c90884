import { setTimeout as pause } from 'node:timers/promises';
import { type CrewshipClient, createClient } from '#client';
import type { HeardMessage } from './a2a-agent.js';

/** Where the agent works: all it needs to ask for approvals and to write to the chat. */
export interface Employment {
  baseUrl: string;
  token: string;
  workspaceId: string;
  channelId: string;
}

/** One thing that the agent did by itself. */
export interface Deed {
  at: string;
  what: string;
}

const pollSeconds = '30';

/**
 * What an agent on call does: it answers questions, asks before it rolls something back, waits for the decision, and
 * reports in the chat.
 */
export class OnCallDuty {
  /** What it did by itself, oldest first. */
  readonly deeds: Deed[] = [];
  readonly #api: CrewshipClient;

  constructor(private readonly employment: Employment) {
    const { baseUrl, token } = employment;
    this.#api = createClient({ baseUrl, token });
  }

  /** What it says to a message. */
  async answer({ text }: HeardMessage): Promise<string> {
    if (!/roll back/i.test(text)) return 'All green: 0.2 % of requests failed in the last hour.';
    const approvalId = await this.#ask(text);
    void this.#seeThrough(approvalId).catch((error: unknown) => this.#note(`gave up: ${String(error)}`));
    return 'I may not do that alone. I have asked for an approval and wait for it.';
  }

  async #ask(request: string): Promise<string> {
    const { data, error } = await this.#api.POST('/api/v1/workspaces/{workspaceId}/approvals', {
      params: { path: { workspaceId: this.employment.workspaceId } },
      body: { action: 'Roll checkout back to 4.1', reason: request, context: { service: 'checkout', from: '4.2' } },
    });
    if (error) throw new Error(`no approval could be asked for: ${error.detail}`);
    this.#note('asked for an approval');
    return data.approval_id;
  }

  async #seeThrough(approvalId: string): Promise<void> {
    const { status, decided_by } = await this.#decisionOn(approvalId);
    this.#note(`its wait returned: ${status} by ${decided_by ?? 'nobody'}`);
    await this.#report(status === 'approved' ? 'Done: checkout is back on 4.1.' : 'Then I leave checkout as it is.');
  }

  async #decisionOn(approvalId: string) {
    const path = { workspaceId: this.employment.workspaceId, approvalId };
    this.#note(`waits for the decision, ${pollSeconds} s at a time`);
    for (;;) {
      const { data, error } = await this.#api.GET('/api/v1/workspaces/{workspaceId}/approvals/{approvalId}/wait', {
        params: { path, query: { timeout_seconds: pollSeconds } },
      });
      if (data && data.status !== 'pending') return data;
      if (error) await pause(1_000);
    }
  }

  async #report(text: string): Promise<void> {
    const { workspaceId, channelId } = this.employment;
    const { error } = await this.#api.POST('/api/v1/workspaces/{workspaceId}/channels/{channelId}/send', {
      params: { path: { workspaceId, channelId } },
      body: { text },
    });
    this.#note(error ? `could not report: ${error.detail}` : 'did it, and reported in the chat');
  }

  #note(what: string): void {
    this.deeds.push({ at: new Date().toISOString(), what });
  }
}
