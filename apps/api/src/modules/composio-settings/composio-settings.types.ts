/** A workspace's own key as it is stored. */
export interface StoredComposioKey {
  sealedApiKey: string;
  /** Empty when it has none. */
  label: string;
}

/** Which key counts for a workspace, without the key. */
export interface ComposioStatus {
  source: 'workspace' | 'env' | 'none';
  /** Name of the project behind the workspace's own key; empty when it has none. */
  label: string;
}
