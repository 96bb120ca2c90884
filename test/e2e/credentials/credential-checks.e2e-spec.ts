import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { VendorProbes } from '../../../apps/api/src/modules/credential-checks/vendor-probes.js';
import type { TestableProvider } from '../../../apps/api/src/modules/credentials/credential-provider-rules.js';

const testPath = '/api/v1/credentials/test';
const one = '/api/v1/credentials/{credentialId}';

describe('trying credentials out', () => {
  let test: TestApp;
  let owner: SeededMember;
  let vendor: Server;
  let answer: { status: number; headers?: Record<string, string> };
  let meanwhile: () => Promise<void>;
  let seen: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[];

  beforeAll(async () => {
    vendor = createServer((request, response) => {
      seen.push({ url: request.url, headers: request.headers });
      void meanwhile().then(() =>
        response.writeHead(answer.status, answer.headers).end('the vendor repeats canary-value in its words'),
      );
    });
    await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1' } });
    owner = await test.seed.workspace();
    const real = test.app.get(VendorProbes, { strict: false });
    const of = real.of.bind(real);
    // The same requests, sent to a vendor of our own.
    real.of = (provider: TestableProvider) => {
      const probe = of(provider);
      const port = (vendor.address() as AddressInfo | null)?.port ?? 9;
      return { ...probe, url: probe.url.replace(/^https:\/\/[^/]+/, `http://127.0.0.1:${port}`) };
    };
  });
  beforeEach(() => {
    seen = [];
    answer = { status: 200 };
    meanwhile = async () => undefined;
  });
  afterAll(async () => {
    await test.close();
    vendor.close();
  });

  const tryValue = async (body: object) => {
    const response = await test.call(testPath, { method: 'POST', token: owner.token, json: body });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const create = async (body: Record<string, unknown>) => {
    const path = `/api/v1/credentials?workspace_id=${owner.workspaceId}`;
    const response = await test.call(path, { method: 'POST', token: owner.token, json: body });
    return ((await response.json()) as { id: string }).id;
  };
  const tryStored = (credentialId: string, caller = owner) =>
    test.as(caller).POST('/api/v1/credentials/{credentialId}/test', { params: { path: { credentialId } } });

  it.each([
    ['ANTHROPIC', '/v1/models?limit=1', 'x-api-key', 'canary-value'],
    ['OPENAI', '/v1/models', 'authorization', 'Bearer canary-value'],
    ['GOOGLE', '/v1beta/models?pageSize=1', 'x-goog-api-key', 'canary-value'],
    ['CURSOR', '/v0/me', 'authorization', `Basic ${Buffer.from('canary-value:').toString('base64')}`],
    ['FACTORY', '/api/v0/computers', 'authorization', 'Bearer canary-value'],
    ['GITHUB', '/rate_limit', 'authorization', 'Bearer canary-value'],
    ['GITLAB', '/api/v4/user', 'authorization', 'Bearer canary-value'],
    ['VERCEL', '/v2/user', 'authorization', 'Bearer canary-value'],
  ])('asks %s for %s with the value in %s, never in the URL', async (provider, url, header, value) => {
    const { body } = await tryValue({ provider: provider.toLowerCase(), type: 'API_KEY', value: 'canary-value' });
    expect(body).toEqual({ valid: true, status: 200, supported: true });
    expect(seen.map((request) => [request.url, request.headers[header]])).toEqual([[url, value]]);
  });

  it('names the fixed hosts of the vendors, over https, with nothing of a caller in them', () => {
    const probes = new VendorProbes();
    const hosts = (['ANTHROPIC', 'OPENAI', 'GOOGLE', 'CURSOR', 'FACTORY', 'GITHUB', 'GITLAB', 'VERCEL'] as const).map(
      (provider) => new URL(probes.of(provider).url).origin,
    );
    expect(hosts).toEqual([
      'https://api.anthropic.com',
      'https://api.openai.com',
      'https://generativelanguage.googleapis.com',
      'https://api.cursor.com',
      'https://api.factory.ai',
      'https://api.github.com',
      'https://gitlab.com',
      'https://api.vercel.com',
    ]);
  });

  it.each([
    [401, 'does not accept the credential (401)'],
    [403, 'does not let this credential in (403)'],
    [429, 'limits requests right now'],
    [503, 'has a problem (503)'],
  ])('tells of status %s in its own words, not the vendor’s', async (status, sentence) => {
    answer = { status };
    const { status: own, body } = await tryValue({ provider: 'OPENAI', value: 'canary-value' });
    expect([own, body]).toEqual([
      200,
      { valid: false, status, supported: true, error: expect.stringContaining(sentence) },
    ]);
    expect(JSON.stringify(body)).not.toContain('canary');
  });

  it('follows no redirect with the value', async () => {
    answer = { status: 302, headers: { Location: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}/other` } };
    const { body } = await tryValue({ provider: 'VERCEL', value: 'canary-value' });
    expect([body, seen.length]).toEqual([{ valid: false, status: 0, supported: true, error: expect.any(String) }, 1]);
  });

  it('sends nothing anywhere for unknown providers, and for values that are no tokens', async () => {
    const unknown = { valid: true, status: 0, error: 'No validation available for this provider', supported: false };
    for (const body of [
      { value: 'x' },
      { provider: 'ACME', value: 'x' },
      { provider: 'GITHUB', type: 'SSH_KEY', value: 'x' },
      { provider: 'OPENAI', type: 'OAUTH2', value: 'x' },
    ]) {
      expect((await tryValue(body)).body).toEqual(unknown);
    }
    const subscription = await tryValue({ provider: 'ANTHROPIC', value: 'sk-ant-oat01-x' });
    expect(subscription.body).toEqual({ valid: true, status: 0, supported: true });
    expect(seen).toEqual([]);
  });

  it('takes null for an absent provider and type', async () => {
    const json = { provider: null, type: null, value: 'canary-value' };
    const response = await test.call(testPath, { method: 'POST', token: owner.token, json });
    expect([response.status, await response.json()]).toMatchObject([200, { supported: false }]);
    expect(seen).toEqual([]);
  });

  it('takes a value that no header can hold for invalid, and refuses a missing one', async () => {
    const broken = await tryValue({ provider: 'OPENAI', value: 'a\r\nX-Other: b' });
    expect(broken.body).toMatchObject({ valid: false, status: 0, supported: true });
    const { status, body } = await tryValue({ provider: 'OPENAI', value: '' });
    expect([status, body.detail, seen]).toEqual([400, 'Value is required', []]);
  });

  it('notes on a stored credential what was found, in its timeline and in the audit log', async () => {
    const id = await create({ name: 'stored', type: 'API_KEY', provider: 'OPENAI', value: 'canary-value' });
    const good = await tryStored(id);
    expect(good.data).toEqual({ valid: true, status: 200, supported: true });
    const row = () => test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    const first = await row();
    expect(first).toMatchObject({ lastError: null, lastErrorClass: null });
    expect([first.lastCheckedAt, first.lastOkAt]).toEqual([test.clock.now(), test.clock.now()]);
    test.clock.advanceMs(60_000);
    answer = { status: 401 };
    expect((await tryStored(id)).data?.valid).toBe(false);
    const second = await row();
    expect([second.lastCheckedAt, second.lastOkAt]).toEqual([test.clock.now(), first.lastOkAt]);
    expect([second.lastErrorClass, second.status]).toEqual(['http_401', 'ACTIVE']);
    const shown = await test.as(owner).GET(one, { params: { path: { credentialId: id } } });
    expect(shown.data).toMatchObject({ testable: true, last_error: expect.stringContaining('(401)') });
    const events = await test.prisma.client.credentialEvent.findMany({
      where: { credentialId: id, eventType: 'TEST' },
    });
    const audit = await test.prisma.client.auditLog.findMany({ where: { entityId: id, action: 'credential.test' } });
    expect([events.length, audit.length]).toEqual([2, 2]);
    expect(JSON.stringify([shown.data, events, audit, test.logs])).not.toContain('canary');
  });

  it('finds a credential without a value invalid, and one of no known provider not testable', async () => {
    const empty = await create({ name: 'empty', provider: 'GITHUB', pending: true });
    expect((await tryStored(empty)).data).toMatchObject({ valid: false, status: 0, supported: true });
    const other = await create({ name: 'other', provider: 'ACME', value: 'x' });
    expect((await tryStored(other)).data).toMatchObject({ valid: true, supported: false });
    expect(seen).toEqual([]);
  });

  it('does not blame a new value for what the old one met', async () => {
    const id = await create({ name: 'raced', type: 'API_KEY', provider: 'OPENAI', value: 'old' });
    answer = { status: 401 };
    meanwhile = async () => {
      await test.as(owner).PATCH(one, { params: { path: { credentialId: id } }, body: { value: 'new' } });
    };
    expect((await tryStored(id)).data?.valid).toBe(false);
    const row = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ lastError: null, lastErrorClass: null, lastCheckedAt: null });
  });

  it('is open to callers who may change credentials, and hides those of other workspaces', async () => {
    const id = await create({ name: 'mine', provider: 'OPENAI', value: 'x' });
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const stranger = await test.seed.workspace();
    expect((await tryStored(id, member)).response.status).toBe(403);
    expect((await tryStored(id, stranger)).response.status).toBe(404);
    const anonymous = await test.call(testPath, { method: 'POST', json: { value: 'x' } });
    expect(anonymous.status).toBe(401);
  });

  it('takes from the bucket for credential tests', async () => {
    const limited = await startTestApp({
      env: { CREWSHIP_RATELIMIT_CRED_TEST_PER_MINUTE: '2' },
      database: test.database,
    });
    try {
      const paths = [testPath, '/api/v1/credentials/cnone/test', testPath];
      const statuses: number[] = [];
      for (const path of paths) {
        const response = await limited.call(`${path}?workspace_id=${owner.workspaceId}`, {
          method: 'POST',
          token: owner.token,
          json: { value: 'x' },
        });
        statuses.push(response.status);
      }
      expect(statuses).toEqual([200, 404, 429]);
    } finally {
      await limited.close();
    }
  });
});
