import type { Workspace } from '../workspaces/workspaces.types.js';
import type { PlacedBundle } from './bundle-faults-rules.js';

/** A secret that somebody has to enter after an import. */
export interface MissingSecret {
  kind: 'credential' | 'oauth' | 'channel' | 'delivery_endpoint';
  /** Name of the credential, `<channel type>: <field>`, or the agent's slug (`workspace` for the workspace's own endpoint). */
  name: string;
}

/** A workspace that an import has made. */
export interface MadeWorkspace {
  placed: PlacedBundle;
  workspace: Workspace;
  missing: MissingSecret[];
}
