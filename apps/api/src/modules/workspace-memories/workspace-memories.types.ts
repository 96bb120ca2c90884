/** Who shares a memory: the workspace alone, its hierarchy's team, or everybody in the hierarchy. */
export const memoryScopes = ['LOCAL', 'TEAM', 'GLOBAL'] as const;

/** One of {@link memoryScopes}. */
export type MemoryScope = (typeof memoryScopes)[number];

/** Most bytes of a memory's text (UTF-8). */
export const maxMemoryBytes = 100_000;

/** A memory as it is stored. */
export interface WorkspaceMemory {
  id: string;
  content: string;
  scope: MemoryScope;
  namespace: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A memory as it moves between instances and out of templates. */
export interface TransferredMemory {
  content: string;
  scope: MemoryScope;
  namespace: string;
}
