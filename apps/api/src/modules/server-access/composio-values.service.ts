import { Injectable } from '@nestjs/common';
import { AppError, type Secret, type WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { ManagedValues } from './managed-values.js';

/** The key to Composio: the workspace's own, else the server's. No row holds a copy of it. */
@Injectable()
export class ComposioValuesService extends ManagedValues {
  constructor(private readonly keys: ComposioKeys) {
    super();
  }

  /** One that cannot be opened counts as none: it keeps an agent from none of its other servers. */
  async find(scope: Pick<WorkspaceScope, 'workspaceId'>, managedBy: string): Promise<Secret | null> {
    if (managedBy !== 'composio') return null;
    try {
      return (await this.keys.forWorkspace(scope))?.apiKey ?? null;
    } catch (error) {
      if (error instanceof AppError && error.code === 'vault.unreadable') return null;
      throw error;
    }
  }
}
