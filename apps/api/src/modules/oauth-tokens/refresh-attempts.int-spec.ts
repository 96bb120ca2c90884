import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret, Transactions } from '#kernel';
import { Gate, type SeededMember, seedExpired, startTestApp, storedToken, type TestApp, TokenEndpoint } from '#testing';
import { OauthTokensService } from './oauth-tokens.service.js';
import { RefreshAttemptsService } from './refresh-attempts.service.js';

const env = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '0'.repeat(64) };
const refused = { status: 400, body: { error: 'invalid_grant' } };

let here: TestApp;
let there: TestApp;
let owner: SeededMember;
let endpoint: TokenEndpoint;

beforeAll(async () => {
  here = await startTestApp({ env });
  there = await startTestApp({ env, database: here.database });
  endpoint = await TokenEndpoint.start();
  owner = await here.seed.workspace();
});

afterAll(async () => {
  endpoint.stop();
  await there.close();
  await here.close();
});

const expired = async () => ({
  id: await seedExpired(here, owner.workspaceId, endpoint.url),
  workspaceId: owner.workspaceId,
});
const attemptsOf = (replica: TestApp) => replica.app.get(RefreshAttemptsService, { strict: false });
const requestsOf = async (clientId: string, count: number) => {
  while (endpoint.sentBy(clientId).length < count) await sleep(5);
};

describe('renewing a token on two replicas', () => {
  it('row 20: sends one request however many try at once', async () => {
    const credential = await expired();
    const tries = [here, there].flatMap((replica) => Array.from({ length: 10 }, () => attemptsOf(replica)));
    const outcomes = await Promise.all(tries.map((attempts) => attempts.attempt(credential)));
    expect(outcomes.filter((each) => each === 'refreshed')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'failed' || each === 'discarded')).toEqual([]);
    expect(endpoint.sentBy(credential.id)).toHaveLength(1);
  });

  it('row 21: lets the next one take over when the lease has run out, and discards the late answer', async () => {
    const credential = await expired();
    const gate = new Gate();
    endpoint.order(credential.id, { after: gate.opened });
    const late = attemptsOf(here).attempt(credential, { leaseMs: 50 });
    await requestsOf(credential.id, 1);
    await sleep(60);
    expect(await attemptsOf(there).attempt(credential)).toBe('refreshed');
    const winner = await storedToken(there, credential.id);
    gate.open();
    expect(await late).toBe('discarded');
    expect(await storedToken(here, credential.id)).toEqual(winner);
  });

  it('row 21: lets nobody take over before, and discards the late answer also while the next one is still asking', async () => {
    const credential = await expired();
    const [first, second] = [new Gate(), new Gate()];
    endpoint.order(credential.id, { after: first.opened }, { after: second.opened });
    const late = attemptsOf(here).attempt(credential, { leaseMs: 300 });
    await requestsOf(credential.id, 1);
    expect(await attemptsOf(there).attempt(credential)).toBe('busy');
    await sleep(310);
    const next = attemptsOf(there).attempt(credential);
    await requestsOf(credential.id, 2);
    first.open();
    expect(await late).toBe('discarded');
    expect((await storedToken(here, credential.id)).accessToken).toBe('access-0');
    second.open();
    expect(await next).toBe('refreshed');
  });

  it("row 22: does not let the loser's invalid_grant touch the winner's token", async () => {
    const credential = await expired();
    const gate = new Gate();
    endpoint.order(credential.id, { ...refused, after: gate.opened });
    const loser = attemptsOf(here).attempt(credential, { leaseMs: 50 });
    await requestsOf(credential.id, 1);
    await sleep(60);
    expect(await attemptsOf(there).attempt(credential)).toBe('refreshed');
    const winner = await storedToken(there, credential.id);
    gate.open();
    expect(await loser).toBe('discarded');
    const kept = await storedToken(here, credential.id);
    expect(kept).toEqual(winner);
    expect(kept.row).toMatchObject({ status: 'ACTIVE', lastErrorClass: null });
    const told = { entityId: credential.id, action: 'credential.needs_reauth' };
    expect(await here.prisma.client.auditLog.count({ where: told })).toBe(0);
  });

  it.each<[string, (id: string) => Promise<unknown>, string]>([
    [
      'connected again',
      (id) =>
        here.app.get(Transactions, { strict: false }).run(() =>
          here.app.get(OauthTokensService, { strict: false }).store(owner, id, {
            accessToken: new Secret('access-new'),
            refreshToken: new Secret('refresh-new'),
            expiresAt: null,
            grantedScopes: null,
          }),
        ),
      'access-new',
    ],
    [
      'given another value by hand',
      (id) =>
        here.as(owner).PATCH('/api/v1/credentials/{credentialId}', {
          params: { path: { credentialId: id } },
          body: { value: 'by-hand' },
        }),
      'by-hand',
    ],
    [
      'revoked',
      (id) => here.prisma.client.credential.update({ where: { id }, data: { status: 'REVOKED', sealedValue: null } }),
      '',
    ],
    [
      'deleted',
      (id) => here.as(owner).DELETE('/api/v1/credentials/{credentialId}', { params: { path: { credentialId: id } } }),
      '',
    ],
  ])('drops the answer when the credential was %s meanwhile', async (_what, change, value) => {
    const credential = await expired();
    const gate = new Gate();
    endpoint.order(credential.id, { after: gate.opened });
    const attempt = attemptsOf(there).attempt(credential);
    await requestsOf(credential.id, 1);
    await change(credential.id);
    const changed = await storedToken(here, credential.id);
    gate.open();
    expect(await attempt).toBe('discarded');
    expect(changed.accessToken).toBe(value);
    expect(await storedToken(here, credential.id)).toEqual(changed);
  });
});
