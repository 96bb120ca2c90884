// Workspaces as the agents' runtime asks for them: one agent with servers for everyone and sealed credentials, half of them
// attached to servers, all of them granted to the agent and referred to by its servers.
import pg from 'pg';
import { RandomIds, Secret, SystemClock, SystemRandom } from '../dist/libs/kernel/src/index.js';
import { DataKeys, KeyRing, Vault } from '../dist/libs/vault/src/index.js';

const id = (kind, ...numbers) => `r${kind}${numbers.join('x')}`.padEnd(25, 'z');

/** The agent of a workspace. */
export const runtimeAgent = (workspace) => id('ag', workspace);

const at = '2026-01-01T00:00:00Z';
const times = { created_at: at, updated_at: at };

class Collected extends DataKeys {
  rows = [];

  async findCurrent(workspaceId) {
    return this.rows.find((row) => row.workspaceId === workspaceId) ?? null;
  }

  async findById(workspaceId, keyId) {
    return this.rows.find((row) => row.workspaceId === workspaceId && row.id === keyId) ?? null;
  }

  async insertIfAbsent(key) {
    this.rows.push(key);
    return key;
  }
}

/** `key` is the instance's, 64 hexadecimal characters. */
export async function fillRuntime(url, key, { workspaces, servers, credentials }) {
  const random = new SystemRandom();
  const rows = { workspaces: [], workspace_revisions: [], agents: [], credentials: [], agent_credentials: [] };
  Object.assign(rows, { workspace_integrations: [], agent_bindings: [], data_keys: [] });
  const ring = new KeyRing({ keys: new Map([[1, new Secret(key)]]), current: 1 }, random);
  for (let w = 0; w < workspaces; w += 1) {
    const keys = new Collected();
    const vault = new Vault(ring, keys, random, new RandomIds(new SystemClock()));
    const workspace_id = id('ws', w);
    rows.workspaces.push({ id: workspace_id, name: 'Runtime', slug: `runtime-${w}`, ...times });
    rows.workspace_revisions.push({ workspace_id, revision: 1 });
    rows.agents.push({ id: runtimeAgent(w), workspace_id, name: 'Agent', slug: 'agent', ...times });
    for (let c = 0; c < credentials; c += 1) {
      const place = { workspaceId: workspace_id, table: 'credentials', column: 'sealed_value', rowId: id('cd', w, c) };
      const sealed_value = await vault.seal(new Secret(`value ${w} ${c}`), place);
      rows.credentials.push({ id: place.rowId, workspace_id, name: `key-${c}`, sealed_value, ...times });
      const grant = { id: id('gr', w, c), agent_id: runtimeAgent(w), credential_id: place.rowId };
      rows.agent_credentials.push({ ...grant, env_var_name: `KEY_${c}`, created_at: at });
    }
    for (let s = 0; s < servers; s += 1) {
      const name = `server-${s}`;
      const endpoint = `https://mcp-${s}.example.com/mcp`;
      const env_json = JSON.stringify({ REGION: 'eu', TOKEN: `{{credential:key-${s % credentials}}}` });
      const server = { id: id('sv', w, s), workspace_id, name, display_name: name, endpoint, env_json };
      rows.workspace_integrations.push({ ...server, visibility: 'everyone', ...times });
      if (s >= credentials) continue;
      const binding = {
        id: id('ab', w, s),
        workspace_id,
        agent_id: runtimeAgent(w),
        workspace_integration_id: server.id,
      };
      rows.agent_bindings.push({ ...binding, credential_id: id('cd', w, s), ...times });
    }
    for (const { id: keyId, keyVersion, wrapped } of keys.rows)
      rows.data_keys.push({ id: keyId, workspace_id, generation: 1, key_version: keyVersion, wrapped, created_at: at });
  }
  await insert(url, rows);
}

async function insert(url, tables) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SET session_replication_role = replica');
  for (const [table, rows] of Object.entries(tables)) {
    const columns = Object.keys(rows[0]).join(', ');
    const sql = `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(null::${table}, $1)`;
    await client.query(sql, [JSON.stringify(rows)]);
  }
  await client.query('SET session_replication_role = origin');
  await client.query('VACUUM (ANALYZE)');
  await client.end();
}

/** Statements that the database has run so far, each a transaction of its own. Backends tell it at most once a second. */
export async function statementsSoFar(url) {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(
    'SELECT xact_commit::float8 AS count FROM pg_stat_database WHERE datname = current_database()',
  );
  await client.end();
  return rows[0].count;
}
