import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ComposioSdkClient, findComposioFault } from '#composio';
import { Secret } from '#kernel';
import { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';
import { type ClientWorld, failureOf, clientKey as key, startClient } from './sdk-client.fixture.js';

describe('the key that the client sends to Composio', () => {
  let world: ClientWorld;
  let stub: ComposioStub;
  let client: ComposioSdkClient;
  let access: ClientWorld['access'];
  let elsewhere: ComposioStub;

  beforeAll(async () => {
    world = await startClient();
    ({ stub, client, access } = world);
    elsewhere = await ComposioStub.start(key);
  });
  beforeEach(() => {
    stub.reset();
    elsewhere.reset();
  });
  afterAll(async () => {
    await world.close();
    await elsewhere.stop();
  });

  it('goes to no other host by a redirect', async () => {
    stub.disturb('toolkits.list', { redirectTo: `${elsewhere.url}/api/v3.1/toolkits` });
    stub.disturb('connectedAccounts.revoke', { redirectTo: `${elsewhere.url}/api/v3.1/toolkits` });
    const failure = await failureOf(client.listToolkits(access, { limit: 1 }));
    expect(failure).toMatchObject({ fault: 'unreachable' });
    expect(failure.message).toContain('redirect');
    expect(await failureOf(client.revokeAccount(access, 'ca_1'))).toMatchObject({ fault: 'unreachable' });
    expect(elsewhere.calls).toEqual([]);
  });

  it('follows a redirect within the host', async () => {
    stub.disturb('toolkits.list', { redirectTo: '/api/v3/toolkits?limit=2' });
    expect((await client.listToolkits(access, { limit: 2 })).items).toHaveLength(2);
  });

  it.each([
    ['as it is', key],
    ['in a URL', `https://x.example/?k=${encodeURIComponent(key)}`],
    ['in base64', Buffer.from(key).toString('base64')],
  ])('is masked where Composio repeats it %s', async (_case, text) => {
    stub.disturb('authConfigs.list', { status: 401, body: { error: { message: `bad key ${text}` } } });
    const { message } = await failureOf(client.listAuthConfigs(access));
    expect(message).toContain('bad key ');
    expect(message).toContain('***');
    expect(message).not.toContain(text.slice(-20));
  });

  it('is masked before the words are cut', async () => {
    stub.disturb('authConfigs.list', { status: 400, body: `${'x'.repeat(190)}${key}` });
    const { message } = await failureOf(client.listAuthConfigs(access));
    expect(message).not.toContain(key.slice(0, 6));
  });

  it('stands in no error though no header can carry it', async () => {
    const strange = { apiKey: new Secret(`${key}\u{1F511}`), source: 'env' as const };
    const error: unknown = await client.listAuthConfigs(strange).catch((reason: unknown) => reason);
    expect(findComposioFault(error)?.fault).toBe('unreachable');
    expect(describeDeeply(error)).not.toContain(key);
  });

  describe('of another tenant', () => {
    const variables = ['COMPOSIO_API_KEY', 'COMPOSIO_BASE_URL', 'COMPOSIO_CUSTOM_HEADERS'] as const;
    afterEach(() => {
      for (const name of variables) delete process.env[name];
    });

    it('is never read from the environment', async () => {
      process.env.COMPOSIO_API_KEY = 'ak_of_the_process';
      process.env.COMPOSIO_BASE_URL = elsewhere.url;
      process.env.COMPOSIO_CUSTOM_HEADERS = 'x-api-key: ak_of_the_process';
      await client.listAuthConfigs(access);
      expect(new Set(stub.calls.map((call) => call.key))).toEqual(new Set([key]));
      expect(elsewhere.calls).toEqual([]);
    });
  });
});

function describeDeeply(error: unknown): string {
  const texts: string[] = [];
  for (let link = error; link instanceof Error; link = link.cause) {
    texts.push(link.message, link.stack ?? '', JSON.stringify(link));
  }
  return texts.join('\n');
}
