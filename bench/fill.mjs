// Fills a migrated, empty database with workspaces by COPY. Everything is derived from numbers, so a run can be repeated.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** The token of the workspace's owner. */
export const tokenOf = (workspace) => `crewship_cli_${createHash('sha256').update(`bench ${workspace}`).digest('hex')}`;

/** How the product stores a token. */
export const hashOf = (token) => createHash('sha256').update(token).digest('hex');

const id = (kind, ...numbers) => `c${kind}${numbers.join('x')}`.padEnd(25, 'z');
export const ids = {
  workspace: (w) => id('ws', w),
  user: (w) => id('us', w),
  crew: (w) => id('cr', w),
  agent: (w, n) => id('ag', w, n),
  server: (w, n) => id('sv', w, n),
};

const now = '2026-01-01T00:00:00Z';

/**
 * `shape`: { workspaces, agents, servers, bindings } per workspace. Every workspace has one crew that overrides half of
 * its servers, and its agents are bound to servers in turn; half of the servers are for everyone.
 */
export async function fill(url, { workspaces, agents, servers, bindings }) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const all = Array.from({ length: workspaces }, (_, w) => w);
  const range = (count) => Array.from({ length: count }, (_, n) => n);
  const table = async (name, columns, rows) => {
    const lines = function* () {
      for (const row of rows) yield `${row.map((value) => (value === null ? '\\N' : String(value))).join('\t')}\n`;
    };
    await pipeline(Readable.from(lines()), client.query(copyFrom(`COPY ${name} (${columns}) FROM STDIN`)));
  };
  // Revisions are set at the end: raising them row by row would measure the triggers, not the product.
  await client.query(`SET session_replication_role = replica`);
  await table(
    'users',
    'id, email, full_name, created_at, updated_at',
    all.map((w) => [ids.user(w), `u${w}@example.com`, `User ${w}`, now, now]),
  );
  await table(
    'cli_tokens',
    'id, user_id, name, token_hash, scopes, created_at',
    all.map((w) => [id('tk', w), ids.user(w), 'bench', hashOf(tokenOf(w)), '{}', now]),
  );
  await table(
    'workspaces',
    'id, name, slug, created_at, updated_at',
    all.map((w) => [ids.workspace(w), `Workspace ${w}`, `workspace-${w}`, now, now]),
  );
  await table(
    'workspace_revisions',
    'workspace_id, revision',
    all.map((w) => [ids.workspace(w), 1]),
  );
  await table(
    'workspace_members',
    'id, workspace_id, user_id, role, capabilities, created_at, updated_at',
    all.map((w) => [id('mb', w), ids.workspace(w), ids.user(w), 'OWNER', '{}', now, now]),
  );
  await table(
    'crews',
    'id, workspace_id, name, slug, allowed_domains, created_at, updated_at',
    all.map((w) => [ids.crew(w), ids.workspace(w), 'Crew', 'crew', '{}', now, now]),
  );
  await table(
    'credentials',
    'id, workspace_id, name, tags, last_used_ips, created_at, updated_at',
    all.map((w) => [id('cd', w), ids.workspace(w), 'token', '{}', '{}', now, now]),
  );
  await table(
    'agents',
    'id, workspace_id, crew_id, name, slug, created_at, updated_at',
    (function* () {
      for (const w of all)
        for (const n of range(agents))
          yield [ids.agent(w, n), ids.workspace(w), ids.crew(w), `Agent ${n}`, `agent-${n}`, now, now];
    })(),
  );
  await table(
    'workspace_integrations',
    'id, workspace_id, name, display_name, endpoint, env_json, config_json, icon, visibility, created_at, updated_at',
    (function* () {
      for (const w of all)
        for (const n of range(servers))
          yield [
            ids.server(w, n),
            ids.workspace(w),
            `server-${n}`,
            `Server ${n}`,
            `https://mcp-${n}.example.com/mcp`,
            '{"REGION": "eu", "TOKEN": "{{credential:token}}"}',
            '{"headers": {"X-Tenant": "acme"}}',
            'box',
            'everyone',
            now,
            now,
          ];
    })(),
  );
  await table(
    'crew_integrations',
    'id, workspace_id, crew_id, workspace_integration_id, name, endpoint, config_json, created_at, updated_at',
    (function* () {
      for (const w of all)
        for (const n of range(servers))
          if (n % 2 === 0)
            yield [
              id('ci', w, n),
              ids.workspace(w),
              ids.crew(w),
              ids.server(w, n),
              `server-${n}`,
              `https://crew-${n}.example.com/mcp`,
              '{"headers": {"X-Crew": "one"}}',
              now,
              now,
            ];
    })(),
  );
  await table(
    'agent_bindings',
    'id, workspace_id, agent_id, workspace_integration_id, credential_id, created_at, updated_at',
    (function* () {
      for (const w of all)
        for (const n of range(bindings))
          yield [
            id('ab', w, n),
            ids.workspace(w),
            ids.agent(w, n % agents),
            ids.server(w, Math.floor(n / agents) % servers),
            id('cd', w),
            now,
            now,
          ];
    })(),
  );
  await table(
    'tool_bindings',
    'id, workspace_id, crew_integration_id, tool_name, created_at, updated_at',
    (function* () {
      for (const w of all)
        for (const n of range(servers))
          if (n % 2 === 0)
            for (const t of range(5))
              yield [id('tb', w, n, t), ids.workspace(w), id('ci', w, n), `tool-${t}`, now, now];
    })(),
  );
  await client.query('SET session_replication_role = origin');
  // What the server would do in the background while the first cases are measured.
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  await client.end();
}
