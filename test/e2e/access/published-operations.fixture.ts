import { operations, type PublishedOperation } from '../../contract/contract.fixture.js';

/** One operation as the matrix calls it. */
export interface MatrixOperation {
  label: string;
  method: string;
  path: string;
  /** `public`, `signed_in`, `instance_admin`, `internal`, `team_key` or `noun:action`. */
  permission: string;
  /** What opens it to members whose role lacks the permission; null for most. */
  opening: string | null;
  /** Scope that a team key needs; null where none is asked for. */
  scope: string | null;
  takesBody: boolean;
  /** The published example of the body. */
  example: unknown;
}

/** Every published operation, reads before writes and removals last, so that what a test needs is still there. */
export const matrix: readonly MatrixOperation[] = operations
  .map(matrixOperation)
  .sort((left, right) => rank(left.method) - rank(right.method) || right.path.length - left.path.length);

function matrixOperation({ label, method, path, requestBody, ...operation }: PublishedOperation): MatrixOperation {
  return {
    label,
    method,
    path,
    permission: operation['x-permission'] ?? '',
    opening: operation['x-permission-or'] ?? null,
    scope: operation['x-scope'] ?? null,
    takesBody: requestBody !== undefined,
    example: requestBody?.content?.['application/json']?.example,
  };
}

function rank(method: string): number {
  return ['GET', 'PATCH', 'PUT', 'POST', 'DELETE'].indexOf(method);
}

/** The path parameters of an operation. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
