import type { Request } from 'express';
import { accessErrors } from './access.errors.js';

/** The workspace that a request names, and whether its path does. */
export interface WorkspaceReference {
  value: string;
  inPath: boolean;
}

/**
 * Reads the workspace's id or slug from the path (`{workspaceId}`), the query (`workspace_id`) or `X-Workspace-ID`.
 * @throws AppError 400 when two of them differ.
 */
export function workspaceReferenceOf(request: Request): WorkspaceReference | null {
  const path = request.params.workspaceId;
  const query = single(request.query.workspace_id);
  const header = single(request.headers['x-workspace-id']);
  const named = [path, query, header].filter((value): value is string => typeof value === 'string' && value !== '');
  const [first] = named;
  if (first === undefined) return null;
  if (named.some((value) => value !== first)) throw accessErrors.workspaceContradiction();
  return { value: first, inPath: typeof path === 'string' && path !== '' };
}

function single(value: unknown): string | undefined {
  if (Array.isArray(value)) throw accessErrors.workspaceContradiction();
  return typeof value === 'string' ? value : undefined;
}
