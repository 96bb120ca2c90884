import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProductProcess, type SeededMember, seedExpired, startTestApp, storedToken, type TestApp } from '#testing';
import { Counterparts } from '../../counterparts/counterparts.fixture.js';
import { grantOf, publicClient } from './counterpart-grant.fixture.js';

const env = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '5'.repeat(64) };

let here: TestApp;
let owner: SeededMember;
let counterparts: Counterparts;
let others: ProductProcess[];

beforeAll(async () => {
  here = await startTestApp({ env });
  const shared = { ...env, DATABASE_URL: here.database.url, LOG_LEVEL: 'warn' };
  [counterparts, ...others] = await Promise.all([
    Counterparts.start({ clients: [publicClient] }),
    ProductProcess.start(shared),
    ProductProcess.start(shared),
  ]);
  owner = await here.seed.workspace();
}, 60_000);

afterAll(async () => {
  await Promise.all(others.map((other) => other.kill()));
  await counterparts.stop();
  await here.close();
});

/** A server that takes the token of a credential whose own has expired, with a real refresh token. */
async function connected(): Promise<{ integrationId: string; credentialId: string }> {
  const credentialId = await seedExpired(here, owner.workspaceId, `${counterparts.issuer}/token`, {
    refreshToken: await grantOf(counterparts),
    oauthClientId: publicClient.client_id,
    oauthIssuer: counterparts.issuer,
    oauthResource: counterparts.mcpUrl,
  });
  const integrationId = await here.seed.integration(owner.workspaceId, { endpoint: counterparts.mcpUrl });
  const agentId = await here.seed.agent(owner.workspaceId);
  await here.seed.binding(owner.workspaceId, agentId, { workspaceIntegrationId: integrationId }, { credentialId });
  await counterparts.reset();
  return { integrationId, credentialId };
}

/** One use of the token: the connection test, at one of the processes. Answers its status and how long it took. */
async function use(url: string, integrationId: string): Promise<{ status: string; ms: number }> {
  const begun = performance.now();
  const target = `${url}/api/v1/integrations/${integrationId}/test?workspace_id=${owner.workspaceId}`;
  const answer = await fetch(target, { method: 'POST', headers: { authorization: `Bearer ${owner.token}` } });
  const { status } = (await answer.json()) as { status: string };
  return { status, ms: Math.round(performance.now() - begun) };
}

const many = (count: number, url: string, integrationId: string) =>
  Promise.all(Array.from({ length: count }, () => use(url, integrationId)));

const asked = async (times: number) => {
  while ((await counterparts.stats()).refreshes < times) await sleep(20);
};

const processAt = (index: number): ProductProcess => {
  const found = others[index];
  if (!found) throw new Error(`there is no process ${index}`);
  return found;
};

const print = (line: string) => process.stderr.write(`${line}\n`);

describe('an expired token that is used on two processes', () => {
  it('row 20: is renewed by exactly one request for 50 parallel uses, and all are served', async () => {
    const { integrationId, credentialId } = await connected();
    const [first, second] = await Promise.all([
      many(25, here.url, integrationId),
      many(25, processAt(0).url, integrationId),
    ]);
    const uses = [...first, ...second];
    const { refreshes, requests } = await counterparts.stats();
    const served = uses.filter(({ status }) => status === 'ok').length;
    const slowest = Math.max(...uses.map(({ ms }) => ms));
    print(
      `row 20: ${uses.length} uses on 2 processes, ${refreshes} token request, ${served} served, slowest ${slowest} ms`,
    );
    expect({ refreshes, served }).toEqual({ refreshes: 1, served: 50 });
    expect(requests[0]).toMatchObject({ grantType: 'refresh_token', resource: counterparts.mcpUrl });
    expect((await storedToken(here, credentialId)).row.tokenVersion).toBe(1);
  }, 60_000);

  it('rows 21 and 22: is renewed by the next process when the first was killed or froze, whose late refusal counts for nothing', async () => {
    const [killed, frozen] = [await connected(), await connected()];
    await counterparts.order(
      { delayMs: 2_000, hangUp: true },
      { delayMs: 2_000, status: 400, body: '{"error":"invalid_grant"}' },
    );
    const lost = use(processAt(0).url, killed.integrationId).catch(() => null);
    await asked(1);
    const late = use(processAt(1).url, frozen.integrationId);
    await asked(2);
    const begun = performance.now();
    await processAt(0).kill();
    processAt(1).signal('SIGSTOP');

    const [after, beside] = await Promise.all([
      many(10, here.url, killed.integrationId),
      many(10, here.url, frozen.integrationId),
    ]);
    const tookOverMs = Math.round(performance.now() - begun);
    const winner = await storedToken(here, frozen.credentialId);
    processAt(1).signal('SIGCONT');
    await processAt(1).printed('too late');
    await Promise.all([lost, late]);

    const served = [...after, ...beside].filter(({ status }) => status === 'ok').length;
    const { refreshes } = await counterparts.stats();
    print(
      `rows 21, 22: 1 holder killed, 1 frozen; ${served} of 20 waiting uses served by the next after ${tookOverMs} ms, ${refreshes} token requests for 2 tokens, late refusal discarded`,
    );
    expect({ served, refreshes }).toEqual({ served: 20, refreshes: 4 });
    expect(await storedToken(here, frozen.credentialId)).toEqual(winner);
    expect(winner.row).toMatchObject({ status: 'ACTIVE', lastErrorClass: null, tokenVersion: 1 });
    expect((await storedToken(here, killed.credentialId)).row).toMatchObject({ status: 'ACTIVE', tokenVersion: 1 });
  }, 60_000);
});
