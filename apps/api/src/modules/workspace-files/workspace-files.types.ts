/** A text file of a workspace's configuration as it moves between instances and out of templates. */
export interface TransferredFile {
  /** Relative, names joined by `/`. */
  path: string;
  content: string;
}

/** A file as it is listed. */
export interface WorkspaceFile {
  id: string;
  path: string;
  sizeBytes: number;
  createdAt: Date;
  updatedAt: Date;
}
