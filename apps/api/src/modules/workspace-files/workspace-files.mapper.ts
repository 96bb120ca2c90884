import type { WorkspaceFileResponse } from './dto/workspace-file.response.js';
import type { WorkspaceFile } from './workspace-files.types.js';

/** A stored row as it is answered, without its content. */
export function toWorkspaceFileResponse(row: WorkspaceFile): WorkspaceFileResponse {
  return {
    id: row.id,
    path: row.path,
    size_bytes: row.sizeBytes,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
