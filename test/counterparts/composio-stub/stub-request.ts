import type { ComposioProject } from './composio-project.js';

/** The calls that the stub answers, by the name that a test counts and disturbs them under. */
export type StubOperation =
  | 'toolkits.list'
  | 'tools.list'
  | 'triggersTypes.list'
  | 'triggerInstances.listActive'
  | 'triggerInstances.upsert'
  | 'triggerInstances.update'
  | 'triggerInstances.delete'
  | 'authConfigs.list'
  | 'authConfigs.create'
  | 'connectedAccounts.list'
  | 'connectedAccounts.revoke'
  | 'connectedAccounts.refresh'
  | 'connectedAccounts.delete'
  | 'link.create'
  | 'mcp.list'
  | 'mcp.create'
  | 'mcp.update'
  | 'mcp.delete';

/** One request, as an operation reads it. */
export interface StubRequest {
  project: ComposioProject;
  query: URLSearchParams;
  /** What stands in the path, decoded. */
  pathId: string;
  body: Record<string, unknown>;
  /** Most items of a page, whatever was asked for. */
  pageSize: number;
  /** A number that no other request of this stub has. */
  serial: number;
}

/** An answer that is not a success. */
export class StubRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** A list as Composio pages it: the cursor is base64 of page and size. @throws StubRefusal beyond the documented limit. */
export function pageOf<T>(request: StubRequest, items: readonly T[], maxLimit: number) {
  const asked = Number(request.query.get('limit') ?? 20);
  if (!Number.isInteger(asked) || asked < 1 || asked > maxLimit) {
    throw new StubRefusal(400, `limit must be a number from 1 to ${maxLimit}`);
  }
  const limit = Math.min(asked, request.pageSize);
  const page = pageOfCursor(request.query.get('cursor'));
  const pages = Math.max(1, Math.ceil(items.length / limit));
  return {
    items: items.slice((page - 1) * limit, page * limit),
    next_cursor: page < pages ? Buffer.from(`${page + 1}-${limit}`).toString('base64') : null,
    total_pages: pages,
    current_page: page,
    total_items: items.length,
  };
}

function pageOfCursor(cursor: string | null): number {
  if (cursor === null) return 1;
  const page = Number(/^(\d+)-\d+$/.exec(Buffer.from(cursor, 'base64').toString())?.[1]);
  if (!Number.isInteger(page)) throw new StubRefusal(400, 'Invalid cursor');
  return page;
}

/** A member of the body that has to be there. @throws StubRefusal. */
export function textOf({ body }: StubRequest, name: string): string {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new StubRefusal(400, `${name} is required`);
}

/** A member of the body that is a list of strings. @throws StubRefusal. */
export function textsOf({ body }: StubRequest, name: string): string[] {
  const value = body[name];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new StubRefusal(400, `${name} must be an array of strings`);
}

/** The item of that id. @throws StubRefusal with 404. */
export function foundOf<T extends { id: string }>(items: readonly T[], id: string, noun: string): T {
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new StubRefusal(404, `${noun} not found`);
  return found;
}
