import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { FlowBrowserCalls } from './flow-calls.fixture.js';
import { ScriptedProvider } from './scripted-provider.fixture.js';

describe('asking for the head of a link', () => {
  let test: TestApp;
  let provider: ScriptedProvider;
  let owner: SeededMember;
  let credentialId: string;

  beforeAll(async () => {
    provider = await ScriptedProvider.start();
    test = await startTestApp({ env: { EGRESS_ALLOW: '127.0.0.1' } });
    owner = await test.seed.workspace();
    credentialId = await test.seed.credential(owner.workspaceId, provider.columns());
  });
  afterAll(async () => {
    await test.close();
    await provider.stop();
  });

  // The contract names no HEAD operations, so this goes past its checks.
  const head = async (path: string) => {
    const headers = { Authorization: `Bearer ${owner.token}` };
    return (await fetch(`${test.url}${path}`, { method: 'HEAD', headers, redirect: 'manual' })).status;
  };

  it('uses no state up', async () => {
    const mine = new FlowBrowserCalls(test, owner);
    const started = await mine.initiate(credentialId);
    const parameters = provider.approval(started.auth_url);
    expect(await head(`/api/v1/oauth/callback?${parameters}`)).toBe(200);
    expect(provider.requests).toEqual([]);
    expect((await mine.callback(parameters)).status).toBe(200);
  });

  it('begins no flow', async () => {
    const before = await test.prisma.client.oauthFlow.count();
    expect(await head(`/api/v1/oauth/reconnect/${credentialId}`)).toBe(200);
    expect(await test.prisma.client.oauthFlow.count()).toBe(before);
  });
});
