/** How much a bundle may hold. Checked before anything is written. */
export const bundleLimits = {
  /** Most workspaces in the tree, the outermost included. */
  workspaces: 200,
  /** Most workspaces below each other. */
  depth: 16,
  /** Most levels of JSON that one workspace may have. */
  levels: 40,
  /** Most rows of all kinds together: an import is one transaction. */
  rows: 4_000,
  /** Most rows of one kind in one workspace. */
  perWorkspace: 1_000,
  /** Longest text file, in characters. */
  fileLength: 1_048_576,
  /** Most files of one workspace. */
  files: 500,
  /** Most bytes of an exported bundle: what an import takes. */
  bytes: 25 * 1_048_576,
} as const;
