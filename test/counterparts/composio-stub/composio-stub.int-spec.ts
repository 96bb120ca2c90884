import {
  APIConnectionError,
  AuthenticationError,
  Composio,
  ConflictError,
  InternalServerError,
  NotFoundError,
} from '@composio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ComposioStub } from './composio-stub.js';

const key = 'ak_stub_key_1';

describe('the stub of Composio, by the official client itself', () => {
  let stub: ComposioStub;
  let sdk: Composio;

  const clientWith = (apiKey: string) =>
    Composio.fromEnv({}, { apiKey, baseURL: stub.url, maxRetries: 0, timeout: 2_000, logLevel: 'off' });

  beforeAll(async () => {
    stub = await ComposioStub.start(key);
    sdk = clientWith(key);
  });
  beforeEach(() => stub.reset());
  afterAll(() => stub.stop());

  it('lists apps, tools, trigger types, triggers, auth configs and accounts in pages of two', async () => {
    const pages = await Promise.all([
      sdk.toolkits.list({ limit: 40 }),
      sdk.tools.list({ toolkit_slug: 'gmail', limit: 100 }),
      sdk.triggersTypes.list({ toolkit_slugs: ['gmail'], limit: 50 }),
      sdk.triggerInstances.listActive({ limit: 50 }),
      sdk.authConfigs.list({ limit: 50 }),
      sdk.connectedAccounts.list({ limit: 100 }),
    ]);
    expect(pages.map(({ items, total_items }) => [items.length, total_items])).toEqual([
      [2, 5],
      [2, 5],
      [2, 3],
      [2, 3],
      [2, 3],
      [2, 5],
    ]);
    const [first] = pages;
    const second = await sdk.toolkits.list({ limit: 40, cursor: first.next_cursor ?? '' });
    expect(second.items.map(({ slug }) => slug)).toEqual(['googlecalendar', 'linear']);
  });

  it('makes, disables and deletes a trigger', async () => {
    const wish = { user_id: 'user-7', trigger_config: { interval: 5 } };
    const { trigger_id } = await sdk.triggerInstances.upsert('GMAIL_LABEL_ADDED', wish);
    expect((await sdk.triggerInstances.upsert('GMAIL_LABEL_ADDED', wish)).trigger_id).toBe(trigger_id);
    expect(await sdk.triggerInstances.manage.update(trigger_id, { status: 'disable' })).toEqual({ status: 'success' });
    expect((await sdk.triggerInstances.listActive()).total_items).toBe(3);
    expect(await sdk.triggerInstances.manage.delete(trigger_id)).toEqual({ trigger_id });
    await expect(sdk.triggerInstances.manage.delete(trigger_id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('connects an account, refreshes, revokes and deletes it', async () => {
    const made = await sdk.authConfigs.create({
      toolkit: { slug: 'linear' },
      auth_config: { type: 'use_composio_managed_auth', name: 'linear-crewship' },
    });
    const link = await sdk.link.create({ auth_config_id: made.auth_config.id, user_id: 'user-7' });
    expect(link.redirect_url).toMatch(/^https:\/\//);
    const id = link.connected_account_id;
    await expect(sdk.connectedAccounts.revoke(id)).rejects.toBeInstanceOf(ConflictError);
    expect(await sdk.connectedAccounts.refresh(id)).toMatchObject({ status: 'ACTIVE', redirect_url: null });
    stub.project(key).restartsConsent.add(id);
    expect((await sdk.connectedAccounts.refresh(id)).redirect_url).toMatch(/^https:\/\//);
    stub.project(key).restartsConsent.clear();
    await sdk.connectedAccounts.refresh(id);
    expect((await sdk.connectedAccounts.revoke(id)).connected_account.status).toBe('REVOKED');
    expect((await sdk.connectedAccounts.delete(id)).success).toBe(true);
    await expect(sdk.connectedAccounts.delete(id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('makes, finds, changes and deletes an MCP server, and refuses tools that do not exist', async () => {
    const scope = { auth_config_ids: ['ac_gmail'], allowed_tools: ['GMAIL_FETCH_EMAILS'] };
    const made = await sdk.mcp.create({ name: 'crewship-12345678-gmail', ...scope, managed_auth_via_composio: true });
    expect((await sdk.mcp.list({ name: 'GMAIL' })).items.map(({ id }) => id)).toEqual([made.id]);
    const changed = await sdk.mcp.update(made.id, { ...scope, allowed_tools: [] });
    expect(changed.allowed_tools).toEqual([]);
    await expect(sdk.mcp.update(made.id, { ...scope, allowed_tools: ['GMAIL_NOTHING'] })).rejects.toMatchObject({
      status: 400,
      error: { error: { slug: 'MCP_InvalidToolsProvided', code: 1154 } },
    });
    await expect(sdk.mcp.create({ ...scope, name: 'a_b' })).rejects.toMatchObject({ status: 400 });
    expect(await sdk.mcp.delete(made.id)).toEqual({ id: made.id, deleted: true });
  });

  it('checks the key of every call, and counts it', async () => {
    await expect(clientWith('ak_other').toolkits.list()).rejects.toBeInstanceOf(AuthenticationError);
    expect(stub.count('toolkits.list')).toBe(1);
    expect(stub.calls[0]).toMatchObject({ key: 'ak_other', method: 'GET', path: '/api/v3.1/toolkits' });
  });

  it('holds callers to the limits that Composio documents', async () => {
    for (const call of [
      sdk.triggersTypes.list({ limit: 51 }),
      sdk.authConfigs.list({ limit: 51 }),
      sdk.triggerInstances.listActive({ limit: 51 }),
      sdk.toolkits.list({ limit: 1_001 }),
      sdk.toolkits.list({ search: 'gi' }),
    ]) {
      await expect(call).rejects.toMatchObject({ status: 400 });
    }
  });

  it('answers both versions of the API alike', async () => {
    const [old, current] = await Promise.all(
      ['v3', 'v3.1'].map(async (version) =>
        (await fetch(`${stub.url}/api/${version}/auth_configs`, { headers: { 'x-api-key': key } })).json(),
      ),
    );
    expect(old).toEqual(current);
  });

  it('fails, hangs, hangs up and redirects when told to, as often as told', async () => {
    stub.disturb('toolkits.list', { status: 503, body: { message: 'away' }, times: 2 });
    await expect(sdk.toolkits.list()).rejects.toBeInstanceOf(InternalServerError);
    await expect(sdk.toolkits.list()).rejects.toBeInstanceOf(InternalServerError);
    stub.disturb('toolkits.list', { hangUp: true });
    await expect(sdk.toolkits.list()).rejects.toBeInstanceOf(APIConnectionError);
    stub.disturb('*', { hang: true });
    await expect(sdk.toolkits.list({}, { timeout: 50 })).rejects.toBeInstanceOf(APIConnectionError);
    stub.disturb('toolkits.list', { redirectTo: `${stub.url}/api/v3.1/auth_configs` });
    await sdk.toolkits.list();
    expect(stub.count('authConfigs.list')).toBe(1);
  });
});
