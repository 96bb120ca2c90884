import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { ConnectStage } from './connect-stage.fixture.js';
import { clickConnect, heardBy, integratorPage, openBesideApi, serveElsewhere } from './integrator-page.fixture.js';

describe('connecting an MCP server in a popup', () => {
  let stage: ConnectStage;
  let owner: SeededMember;
  let elsewhere: Awaited<ReturnType<typeof serveElsewhere>>;

  beforeAll(async () => {
    elsewhere = await serveElsewhere(() => integratorPage(stage.wish(owner)));
    stage = await ConnectStage.open(`http://127.0.0.1:${elsewhere.port}`);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await elsewhere.stop();
  });
  beforeEach(async () => {
    owner = await stage.owner();
  });
  afterEach(() => stage.closeProfiles());

  const newestFlow = () =>
    stage.test.prisma.client.oauthFlow.findFirstOrThrow({ where: { workspaceId: owner.workspaceId } });

  it('ends, after one click on “Approve”, in a closed popup, a page that was told, and a server that lists its tools', async () => {
    const { page, faults } = await stage.profile();
    await openBesideApi(page, stage.wish(owner));
    const popup = await clickConnect(page);
    await Promise.all([popup.waitForEvent('close'), popup.click('#approve')]);

    const flow = await newestFlow();
    const told = {
      type: 'crewship:oauth',
      status: 'ok',
      credential_id: flow.credentialId,
      flow_id: flow.id,
      code: null,
    };
    const heard = await heardBy(page, 2);
    expect(heard.map(({ by }) => by).sort()).toEqual(['channel', 'message']);
    for (const each of heard) expect(each).toMatchObject({ origin: stage.test.url, told });
    expect(faults).toEqual([]);

    expect(await stage.outcome(flow.credentialId)).toEqual({ status: 'ACTIVE', servers: ['notes'] });
    const api = stage.test.as(owner);
    const { data: integrations } = await api.GET('/api/v1/integrations');
    const integrationId = integrations?.[0]?.id ?? '';
    const { data: tested } = await api.POST('/api/v1/integrations/{integrationId}/test', {
      params: { path: { integrationId } },
    });
    expect(tested?.status).toBe('ok');
    expect(tested?.tools?.map(({ name }) => name)).toEqual(['whoami', 'list_notes']);
  });

  it('tells a page of another origin that the instance allows', async () => {
    const { page, faults } = await stage.profile();
    await page.goto(`http://127.0.0.1:${elsewhere.port}/`);
    const popup = await clickConnect(page);
    await Promise.all([popup.waitForEvent('close'), popup.click('#approve')]);
    const flow = await newestFlow();
    const [heard] = await heardBy(page, 1);
    expect(heard).toMatchObject({ by: 'message', origin: stage.test.url, told: { status: 'ok', flow_id: flow.id } });
    expect(faults).toEqual([]);
  });

  it('tells nothing to a page of an origin that is not allowed', async () => {
    const { context, page } = await stage.profile();
    // Another origin to the browser, though the same listener.
    const opener = `http://localhost:${elsewhere.port}/`;
    await page.goto(opener);
    const started = await stage.connect({ context, page, faults: [] }, owner);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(`void window.open(${JSON.stringify(started.auth_url)}, 'connect', 'popup')`),
    ]);
    await Promise.all([popup.waitForEvent('close'), popup.click('#approve')]);
    expect(await stage.outcome(started.credential_id)).toEqual({ status: 'ACTIVE', servers: ['notes'] });
    expect(await page.locator('#heard li').count()).toBe(0);
  });

  it('says after “Deny” what happened and what to do, tells the page which connection failed, and uses the link up', async () => {
    const { page, faults } = await stage.profile();
    await openBesideApi(page, stage.wish(owner));
    const popup = await clickConnect(page);
    await popup.click('#deny');
    await popup.waitForSelector('h1');

    expect(await popup.title()).toBe('Access was not allowed – Crewship');
    const text = await popup.innerText('main');
    expect(text).toContain('Nothing was connected, and nothing was changed.');
    expect(text).toContain('start the connection again where you began it');
    expect(text).toContain('OAuth error: access_denied (The person said no.)');
    const flow = await newestFlow();
    const told = { status: 'failed', code: 'oauth.denied', flow_id: flow.id, credential_id: flow.credentialId };
    for (const each of await heardBy(page, 2)) expect(each.told).toMatchObject(told);
    // Chromium itself reports the status of the page, and nothing else is wrong.
    expect(faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
    expect(flow.status).toBe('failed');
    expect(await stage.outcome(flow.credentialId)).toEqual({ status: 'PENDING', servers: [] });

    await popup.reload();
    expect(await popup.innerText('h1')).toBe('This link has been used or is not known');
    await popup.keyboard.press('Tab');
    const closed = popup.waitForEvent('close');
    // The window may be gone before the key is up.
    await popup.keyboard.down('Enter').catch(() => undefined);
    await closed;
  });
});
