import type { ToolBindingResponse } from './dto/tool-binding.response.js';
import type { ToolBinding } from './tool-bindings.types.js';

/** A stored row as it is answered. */
export function toToolBindingResponse(row: ToolBinding): ToolBindingResponse {
  return {
    id: row.id,
    tool_name: row.toolName,
    description: row.description,
    enabled: row.enabled,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
