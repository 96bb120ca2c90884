import { teamKeyScopes, workspaceTokenScopes } from '#access';
import type { Secret } from '#kernel';

/** The kinds of workspace tokens by what they open. */
export const workspaceTokenKinds = ['workspace', 'team'] as const;

/** `workspace`: what an agent does in its workspace (seed 004). `team`: a key of the agent console (seed 002). */
export type WorkspaceTokenKind = (typeof workspaceTokenKinds)[number];

/** What the tokens of each kind may be limited to. */
export const scopesOfKind: Readonly<Record<WorkspaceTokenKind, readonly string[]>> = {
  workspace: workspaceTokenScopes,
  team: teamKeyScopes,
};

/** A token as it is stored, without what proves it. */
export interface WorkspaceToken {
  id: string;
  kind: WorkspaceTokenKind;
  name: string | null;
  /** First characters of the text. */
  prefix: string;
  scopes: readonly string[];
  createdByUserId: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** A token at the one moment when its text is known. */
export interface MintedWorkspaceToken {
  row: WorkspaceToken;
  text: Secret;
}
