import type { WorkspaceMemoryResponse } from './dto/workspace-memory.response.js';
import type { WorkspaceMemory } from './workspace-memories.types.js';

/** A stored row as it is answered. */
export function toWorkspaceMemoryResponse({ createdAt, updatedAt, ...row }: WorkspaceMemory): WorkspaceMemoryResponse {
  return { ...row, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}
