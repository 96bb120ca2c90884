import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { publicClient } from '../e2e/oauth/counterpart-grant.fixture.js';
import { ConnectStage, type Profile } from './connect-stage.fixture.js';
import { serveElsewhere } from './integrator-page.fixture.js';

describe('connecting from a link', () => {
  let stage: ConnectStage;
  let owner: SeededMember;

  beforeAll(async () => {
    stage = await ConnectStage.open();
  }, 60_000);
  afterAll(() => stage.close());
  beforeEach(async () => {
    owner = await stage.owner();
  });
  afterEach(() => stage.closeProfiles());

  /** Opens a link and approves; answers the status of the page that it ends on. */
  const approve = async ({ page }: Profile, url: string): Promise<number | undefined> => {
    await page.goto(url);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().startsWith(`${stage.test.url}/api/v1/oauth/callback`)),
      page.click('#approve'),
    ]);
    await page.waitForSelector('h1');
    return answer.status();
  };

  it('row 13: links nothing for whoever else opens it, and still works for the initiator signed in there', async () => {
    const { auth_url, credential_id } = await stage.connect(await stage.profile(), owner);
    const victim = await stage.profile();
    expect(await approve(victim, auth_url)).toBe(403);
    const text = await victim.page.innerText('main');
    expect(text).toContain('If you did not start it, somebody sent you this link: close this window.');
    expect(await victim.page.content()).not.toContain(credential_id);
    const callbackUrl = victim.page.url();

    const someoneElse = await stage.owner();
    await stage.signIn(victim, someoneElse.email);
    expect((await victim.page.goto(callbackUrl))?.status()).toBe(403);
    expect(await stage.outcome(credential_id)).toEqual({ status: 'PENDING', servers: [] });

    await stage.signIn(victim, owner.email);
    expect((await victim.page.goto(callbackUrl))?.status()).toBe(200);
    expect(await victim.page.innerText('h1')).toBe('Connected');
    expect(await stage.outcome(credential_id)).toEqual({ status: 'ACTIVE', servers: ['notes'] });
  });

  it('reads well without JavaScript', async () => {
    const profile = await stage.profile({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
    const { auth_url } = await stage.connect(profile, owner);
    expect(await approve(profile, auth_url)).toBe(200);
    expect(await profile.page.title()).toBe('Connected – Crewship');
    expect((await profile.page.innerText('main')).split(/\n+/)).toEqual([
      'Connected',
      'Authorization successful! You can close this window.',
      'Crewship keeps the access sealed. Go on where you began.',
    ]);
    expect(await profile.page.getByRole('button').count()).toBe(0);
  });

  it('connects a credential again that the provider has refused, for its owner signed in, and asks when a foreign page sent them', async () => {
    const profile = await stage.profile();
    const { auth_url, credential_id } = await stage.connect(profile, owner);
    await approve(profile, auth_url);
    await stage.counterparts.order({ status: 400, body: '{"error":"invalid_grant"}' });
    stage.test.clock.advanceMs(59 * 60_000);
    const api = stage.test.as(owner);
    const { data: integrations } = await api.GET('/api/v1/integrations');
    const params = { params: { path: { integrationId: integrations?.[0]?.id ?? '' } } };
    await api.POST('/api/v1/integrations/{integrationId}/test', params);
    const credential = async () =>
      (await api.GET('/api/v1/credentials/{credentialId}', { params: { path: { credentialId: credential_id } } })).data;
    const link = (await credential())?.reconnect_url ?? '';
    expect(link).toBe(`${stage.test.url}/api/v1/oauth/reconnect/${credential_id}`);

    const elsewhere = await serveElsewhere(() => `<!doctype html><a href="${link}">Connect again</a>`);
    await stage.signIn(profile, owner.email);
    await profile.page.goto(`http://localhost:${elsewhere.port}/`);
    await profile.page.click('a');
    expect(await profile.page.innerText('h1')).toMatch(/^Connect “notes-oauth-.+” again\?$/);
    await profile.page.getByRole('link').focus();
    await profile.page.keyboard.press('Enter');
    await profile.page.click('#approve');
    await profile.page.getByRole('heading', { name: 'Connected' }).waitFor();
    await elsewhere.stop();
    expect(await credential()).toMatchObject({ status: 'ACTIVE', state: 'ok', reconnect_url: null });
    expect((await api.POST('/api/v1/integrations/{integrationId}/test', params)).data?.status).toBe('ok');
  });

  it.each(['exchange', 'finish'])('ends at a local client’s own listener, which completes it by %s', async (way) => {
    const listener = createServer();
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const credentialId = await stage.test.seed.credential(owner.workspaceId, {
      type: 'OAUTH2',
      status: 'PENDING',
      oauthClientId: publicClient.client_id,
      oauthAuthUrl: `${stage.counterparts.issuer}/auth`,
      oauthTokenUrl: `${stage.counterparts.issuer}/token`,
      oauthTokenAuthMethod: 'none',
      oauthIssuer: stage.counterparts.issuer,
      oauthIssRequired: true,
      oauthResource: stage.counterparts.mcpUrl,
      oauthScopes: 'mcp:tools',
    });
    const api = stage.test.as(owner);
    const started = await api.POST('/api/v1/oauth/loopback', { body: { credential_id: credentialId, port } });

    const { page } = await stage.profile();
    await page.goto(started.data?.auth_url ?? '');
    const arrived = once(listener, 'request');
    await page.click('#approve', { noWaitAfter: true });
    const [request, response] = await arrived;
    const callbackUrl = new URL(request.url, started.data?.redirect_uri);
    const { code = '', state, iss } = Object.fromEntries(callbackUrl.searchParams);
    const answer =
      way === 'finish'
        ? await api.POST('/api/v1/oauth/finish', { body: { callback_url: callbackUrl.href } })
        : await api.POST('/api/v1/oauth/exchange', { body: { credential_id: credentialId, code, state, iss } });
    response.end('Done: go back to the terminal.');
    await page.getByText('Done: go back to the terminal.').waitFor();
    listener.close();
    expect(answer.data).toMatchObject({ status: 'ok', credential_id: credentialId });
    expect(await stage.outcome(credentialId)).toMatchObject({ status: 'ACTIVE' });
  });
});
