import { integrationErrors } from './workspace-integrations.errors.js';

/**
 * Refuses to change by hand what the provider of managed apps keeps in step with its own servers.
 * @throws AppError `integration.managed` (409).
 */
export function refuseManaged({ origin }: { origin: string }): void {
  if (origin === 'composio') throw integrationErrors.managed();
}
