// Catches the statements that the hot paths really send and asks PostgreSQL for their plans.
import { writeFileSync } from 'node:fs';
import pg from 'pg';
import { GrantsRepository } from '../dist/apps/api/src/modules/identity/grants.repository.js';
import { McpRegistryRepository } from '../dist/apps/api/src/modules/mcp-registry/mcp-registry.repository.js';
import { patternOf } from '../dist/apps/api/src/modules/mcp-registry/registry-filter.js';
import { ResolutionRepository } from '../dist/apps/api/src/modules/resolution/resolution.repository.js';
import { WorkspaceIntegrationsRepository } from '../dist/apps/api/src/modules/workspace-integrations/workspace-integrations.repository.js';
import { PrismaService } from '../dist/libs/prisma/src/prisma.service.js';
import { hashOf, ids, tokenOf } from './fill.mjs';

const file = 'docs/query-plans.md';
const anything = { trustTier: null, isFeatured: null };

/** Writes the plans to docs/query-plans.md and refuses one that reads a whole table. */
export async function explainHotQueries(url, shape) {
  const workspace = Math.floor(shape.workspaces / 2);
  const scope = { workspaceId: ids.workspace(workspace) };
  const prisma = new PrismaService({ url, poolMax: 1 });
  const hot = {
    'Authentication, membership and revision': () =>
      new GrantsRepository(prisma).findByTokenHash(hashOf(tokenOf(workspace)), scope.workspaceId),
    'Everything that one resolution depends on': () =>
      new ResolutionRepository(prisma, { composio: { apiKey: null } }).findRows(scope, ids.agent(workspace, 3)),
    'One page of workspace integrations': () =>
      new WorkspaceIntegrationsRepository(prisma).findMany(scope, { limit: 50, offset: 0 }),
    'One page of the MCP registry': () =>
      new McpRegistryRepository(prisma).findMany(anything, { limit: 50, offset: 5_000 }),
    'Search of the MCP registry': () =>
      new McpRegistryRepository(prisma).search(patternOf('postgres'), anything, { limit: 50, offset: 0 }),
  };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const sections = [];
  const whole = [];
  try {
    for (const [title, run] of Object.entries(hot)) {
      for (const statement of await statementsOf(run)) {
        const plan = await planOf(client, statement);
        sections.push(`## ${title}\n\n\`\`\`text\n${plan}\n\`\`\``);
        if (await readsALargeTable(client, plan)) whole.push(title);
      }
    }
  } finally {
    // Left open, they would hide what went wrong behind the end of the server.
    await client.end();
    await prisma.onApplicationShutdown();
  }
  const size = Object.entries(shape).map(([name, count]) => `${count.toLocaleString('en')} ${name}`);
  writeFileSync(
    file,
    `# Plans of the hot statements\n\nFrom \`npm run bench\` on the large database (${size.join(', ')}; all but the first are per workspace).\n\n${sections.join('\n\n')}\n`,
  );
  if (whole.length > 0) throw new Error(`a whole table is read by: ${whole.join(', ')}; see ${file}`);
}

// A table of a page or so is read as cheaply as its index; what may grow with the tenant has more rows than that here.
async function readsALargeTable(client, plan) {
  for (const [, table] of plan.matchAll(/Seq Scan on (\w+)/g)) {
    const { rowCount } = await client.query(`SELECT 1 FROM ${table} LIMIT 101`);
    if (rowCount > 100) return true;
  }
  return false;
}

async function statementsOf(run) {
  const caught = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function query(...args) {
    const [first, second] = args;
    if (first?.text && !/^(BEGIN|COMMIT|SET)/.test(first.text)) {
      caught.push({ text: first.text, values: first.values ?? (Array.isArray(second) ? second : []) });
    }
    return original.apply(this, args);
  };
  try {
    await run();
  } finally {
    pg.Client.prototype.query = original;
  }
  return caught;
}

async function planOf(client, { text, values }) {
  const { rows } = await client.query(
    `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) ${text}`,
    values,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
