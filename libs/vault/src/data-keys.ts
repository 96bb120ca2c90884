/** A workspace's data key as stored: encrypted under one version of the instance's key. Useless without the key ring. */
export interface WrappedDataKey {
  /** Id of the key, part of every text sealed with it. 1 to 64 of `A-Z a-z 0-9 _ -`. */
  id: string;
  /** Owner; `@instance` for the key of secrets outside any workspace, so the column cannot be a plain foreign key. */
  workspaceId: string;
  /** Version of the instance's key that it is wrapped under. Rotation looks for rows below the current one. */
  keyVersion: number;
  /** `<nonce>.<ciphertext and tag>`, bound to workspace, id and version. */
  wrapped: string;
}

/** Where wrapped data keys are kept, as a port. Rows are never deleted while a value sealed with them remains. */
export abstract class DataKeys {
  /** The key that new values of the workspace are sealed with; null before its first secret. */
  abstract findCurrent(workspaceId: string): Promise<WrappedDataKey | null>;

  /** A key of this workspace, current or retired. Another workspace's key is absent. */
  abstract findById(workspaceId: string, keyId: string): Promise<WrappedDataKey | null>;

  /**
   * Stores `key` as the workspace's current one unless it has one. Returns the row that is current afterwards: of
   * several callers at once, in one process or many, all get the same. It may join the caller's transaction: the vault
   * asks again for every seal, so a key that was rolled back is never used again.
   */
  abstract insertIfAbsent(key: WrappedDataKey): Promise<WrappedDataKey>;
}
