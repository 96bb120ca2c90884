import { z } from 'zod';
import type { JsonObject } from '#kernel';
import { peekInboundJson } from '../inbound.js';
import { hmacHex, sameText } from '../signatures.js';

/** Whether `X-Hub-Signature-256` is the secret's over exactly these bytes. */
export function isGithubGenuine(secret: string, signature: string | undefined, body: Buffer): boolean {
  return secret !== '' && sameText(signature ?? '', `sha256=${hmacHex(secret, body)}`);
}

/** What a webhook of GitHub is about. */
export type GithubDelivery =
  /** Text for an agent. `workspaceId` is the member `workspace_id` of the payload. */
  | { kind: 'message'; text: string; workspaceId: string | null; metadata: JsonObject }
  /** An event that sets off schedules whose names hold one of the phrases. */
  | { kind: 'trigger'; event: string; action: string; phrases: readonly string[]; workspaceId: string | null }
  | { kind: 'ignored'; reason: string }
  | { kind: 'unreadable' };

const place = z.object({
  action: z.string().optional(),
  workspace_id: z.string().optional(),
  repository: z.object({ full_name: z.string() }).optional(),
  sender: z.object({ login: z.string() }).optional(),
});
const comment = z.object({ comment: z.object({ body: z.string().nullable(), html_url: z.string().optional() }) });
const numbered = z.object({
  issue: z.object({ number: z.int(), title: z.string() }).optional(),
  pull_request: z.object({ number: z.int(), title: z.string() }).optional(),
});
const run = z.object({
  workflow_run: z.object({
    name: z.string().nullish(),
    conclusion: z.string().nullish(),
    head_branch: z.string().nullish(),
    html_url: z.string().optional(),
  }),
});

const quietConclusions = new Set(['success', 'skipped', 'neutral']);
const longestText = 20_000;

type Place = z.infer<typeof place>;

/** What a genuine delivery is about. `event` is the header `X-GitHub-Event`. */
export function readGithubDelivery(event: string, body: Buffer): GithubDelivery {
  const json = peekInboundJson(body);
  const where = place.safeParse(json).data;
  if (where === undefined) return { kind: 'unreadable' };
  const action = where.action ?? '';
  const workspaceId = where.workspace_id ?? null;
  switch (event) {
    case 'issue_comment':
    case 'pull_request_review_comment':
      return action === 'created' ? commented(event, where, json) : ignored('unsupported action');
    case 'workflow_run':
      return action === 'completed' ? finished(where, json) : ignored('unsupported action');
    case 'issues':
      return action === 'opened'
        ? { kind: 'trigger', event, action, workspaceId, phrases: ['pick-up-work'] }
        : ignored('unsupported action');
    case 'pull_request_review':
      return action === 'submitted'
        ? { kind: 'trigger', event, action, workspaceId, phrases: ['pr review', 'security review'] }
        : ignored('unsupported action');
    default:
      return ignored('unsupported event type');
  }
}

function commented(event: string, where: Place, json: unknown): GithubDelivery {
  const said = comment.safeParse(json).data?.comment;
  if (said === undefined) return { kind: 'unreadable' };
  const about = numbered.safeParse(json).data;
  const subject = about?.issue ?? about?.pull_request;
  const heading = subject ? ` on #${subject.number} "${subject.title}"` : '';
  const text = `GitHub ${event} by ${where.sender?.login ?? 'somebody'} in ${where.repository?.full_name ?? 'a repository'}${heading}:\n\n${said.body ?? ''}`;
  return messageOf(event, where, text, said.html_url);
}

function finished(where: Place, json: unknown): GithubDelivery {
  const done = run.safeParse(json).data?.workflow_run;
  if (done === undefined) return { kind: 'unreadable' };
  const conclusion = done.conclusion ?? '';
  if (conclusion === '' || quietConclusions.has(conclusion)) return ignored('nothing to act on');
  const text = `GitHub workflow "${done.name ?? ''}" of ${where.repository?.full_name ?? 'a repository'} ended with ${conclusion} on ${done.head_branch ?? 'a branch'}.`;
  return messageOf('workflow_run', where, text, done.html_url);
}

function messageOf(event: string, where: Place, text: string, url: string | undefined): GithubDelivery {
  const metadata: JsonObject = {
    source: 'github',
    event,
    action: where.action ?? '',
    repository: where.repository?.full_name ?? null,
    sender: where.sender?.login ?? null,
    url: url ?? null,
  };
  const whole = url === undefined ? text : `${text}\n\n${url}`;
  return { kind: 'message', text: whole.slice(0, longestText), workspaceId: where.workspace_id ?? null, metadata };
}

function ignored(reason: string): GithubDelivery {
  return { kind: 'ignored', reason };
}
