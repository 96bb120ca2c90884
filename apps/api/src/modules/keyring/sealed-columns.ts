import type { SealedPlace } from '#vault';

/** A column whose texts the vault sealed. Rotation reads this list, and a test holds it against the schema. */
export interface SealedColumn {
  table: string;
  column: string;
  /** Column with the id of the workspace whose data key seals. */
  workspaceColumn: string;
  /** Column with the row's id, as it goes into the seal. */
  rowIdColumn: string;
}

/** Every sealed column of the database, by table. */
export const sealedColumns: readonly SealedColumn[] = [
  ...columnsOf('credentials', [
    'sealed_value',
    'sealed_refresh_token',
    'sealed_oauth_client_secret',
    'sealed_previous_value',
  ]),
  ...columnsOf('workspace_integrations', ['sealed_literals']),
  ...columnsOf('crew_integrations', ['sealed_literals']),
  ...columnsOf('agent_bindings', ['sealed_literals']),
  ...columnsOf('agents', ['sealed_webhook_secret', 'mcp_config_json']),
  ...columnsOf('oauth_flows', ['sealed_code_verifier']),
  ...columnsOf('oauth_clients', ['sealed_client_secret']),
  ...columnsOf('idempotency_keys', ['sealed_answer']),
  ...columnsOf('instance_secrets', ['sealed_value']),
  ...columnsOf('delivery_endpoints', ['sealed_secret']),
  ...columnsOf('channels', ['sealed_config']),
  // One row for each workspace.
  ...columnsOf('composio_settings', ['sealed_api_key'], 'workspace_id'),
];

/** Where one text of a column stands. Whoever seals it must name the very same place. */
export function placeIn(column: SealedColumn, row: { workspaceId: string; rowId: string }): SealedPlace {
  return { workspaceId: row.workspaceId, table: column.table, column: column.column, rowId: row.rowId };
}

function columnsOf(table: string, columns: readonly string[], rowIdColumn = 'id'): SealedColumn[] {
  return columns.map((column) => ({ table, column, workspaceColumn: 'workspace_id', rowIdColumn }));
}
