import { connectTo } from './api.mjs';
import { compareBundles } from './bundle-comparison.mjs';
import { done, step, title } from './narrate.mjs';
import { table } from './table.mjs';

/** Moves the workspaces to a second instance as one file, and checks that nothing was lost or added on the way. */
export async function moveElsewhere(shop, there, signal) {
  step('Exporting “Headquarters” and what is below it, as one file …');
  const first = await exportFrom(shop.api, shop.headquartersId);
  const text = JSON.stringify(first);
  const found = Object.keys(shop.secrets).filter((name) => text.includes(shop.secrets[name]));
  if (found.length > 0) throw new Error(`the bundle holds secrets: ${found.join(', ')}`);
  done(`${Math.ceil(text.length / 1_000)} kB of ${first.format}; it names secrets, and holds none`);

  step('Importing it into a second instance of the product, on a database of its own …');
  const grace = await connectTo({ baseUrl: there, signal }).post('/api/v1/bootstrap', {
    body: { full_name: 'Grace Hopper', email: 'grace@example.com', password: 'correct horse battery' },
  });
  const connect = (workspaceId) => connectTo({ baseUrl: there, signal, token: grace.cli_token, workspaceId });
  const made = await connect().post('/api/v1/bundles/import', { body: first });
  done(`made at ${there}`);
  console.log(`\n${table(['WHAT WAS MADE'], [[reportOf(made.report)]])}`);
  title('What it says is missing, because a bundle holds no secret');
  const rows = made.missing_secrets.map(({ workspace, kind, name }) => [workspace, kind, name]);
  console.log(table(['WORKSPACE', 'WHAT', 'NAME'], rows));

  step('Entering what is missing, and exporting once more, from there …');
  const [below] = made.children;
  await enterSecrets(connect(below.workspace_id), below.workspace_id, shop);
  showComparison(compareBundles(first, await exportFrom(connect(made.workspace_id), made.workspace_id)));
}

function exportFrom(api, workspaceId) {
  return api.get('/api/v1/bundles/export/{workspaceId}', { params: { path: { workspaceId } } });
}

// A name and its number stay on one line.
function reportOf(report) {
  const some = Object.entries(report).filter(([, count]) => count > 0);
  return some.map(([name, count]) => `${name} ${count}`.replaceAll(/[ _]/g, '\u00a0')).join(', ');
}

async function enterSecrets(api, workspaceId, { secrets, agentUrl }) {
  const path = { workspaceId };
  const [channel] = await api.get('/api/v1/workspaces/{workspaceId}/channels', { params: { path } });
  await api.patch('/api/v1/workspaces/{workspaceId}/channels/{channelId}', {
    params: { path: { ...path, channelId: channel.id } },
    body: { enabled: true, config: { ...channel.config, bot_token: secrets.bot, webhook_secret: secrets.webhook } },
  });
  const [credential] = await api.get('/api/v1/credentials');
  await api.patch('/api/v1/credentials/{credentialId}', {
    params: { path: { credentialId: credential.id } },
    body: { value: secrets.credential },
  });
  await api.put('/api/v1/workspaces/{workspaceId}/delivery-endpoint', {
    params: { path },
    body: { url: agentUrl, protocol: 'a2a', rotate_secret: true },
  });
}

function showComparison({ count, expected, unexpected }) {
  const row = ({ path, first, second }) => [path, first ?? '(absent)', second ?? '(absent)'];
  if (unexpected.length > 0) {
    title('What should be equal, and is not');
    console.log(table(['VALUE', 'FIRST EXPORT', 'SECOND EXPORT'], unexpected.map(row)));
    throw new Error(`${unexpected.length} of ${count} values of the second export are not those of the first`);
  }
  done(`equal: ${count - expected.length} of ${count} values; the others are ids`);
  title('What differs between the two exports');
  console.log(table(['VALUE', 'FIRST EXPORT', 'SECOND EXPORT'], expected.map(row)));
}
