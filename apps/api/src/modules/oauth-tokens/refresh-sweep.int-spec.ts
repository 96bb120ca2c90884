import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, seedExpired, startTestApp, storedToken, type TestApp, TokenEndpoint } from '#testing';
import { RefreshSweepService } from './refresh-sweep.service.js';

const env = { EGRESS_ALLOW: '127.0.0.1', ENCRYPTION_KEY: '0'.repeat(64) };
const hour = 3_600_000;

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

const sweep = (replica: TestApp) => replica.app.get(RefreshSweepService, { strict: false }).runOnce();
const expired = (values = {}) => seedExpired(here, owner.workspaceId, endpoint.url, values);

describe('the sweep', () => {
  it('renews on two replicas at once what is due in any workspace, each token once', async () => {
    const other = await here.seed.workspace();
    const ids = await Promise.all(Array.from({ length: 30 }, () => expired()));
    ids.push(await seedExpired(here, other.workspaceId, endpoint.url));
    const [first, second] = await Promise.all([sweep(here), sweep(there)]);
    expect(first.refreshed + second.refreshed).toBe(31);
    expect(ids.map((id) => endpoint.sentBy(id).length)).toEqual(ids.map(() => 1));
  });

  it('goes on after failures, and leaves alone what is not due, revoked, deleted, leased or not renewable', async () => {
    const now = here.clock.now();
    const later = new Date(now.getTime() + hour);
    const idle = await Promise.all([
      expired({ nextRefreshAt: later }),
      expired({ status: 'REVOKED' }),
      expired({ deletedAt: now }),
      expired({ refreshLeaseUntil: later }),
      expired({ oauthTokenUrl: null }),
    ]);
    const [broken, fine] = await Promise.all([expired(), expired()]);
    endpoint.order(broken, { status: 500 });
    expect(await sweep(here)).toEqual({ refreshed: 1, failed: 1, discarded: 0, busy: 0, not_due: 0 });
    expect((await storedToken(here, fine)).row.lastOkAt).toEqual(now);
    expect(idle.flatMap((id) => endpoint.sentBy(id))).toEqual([]);
    expect((await sweep(here)).failed).toBe(0);
  });
});
