import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededUser } from '#testing';
import { entryOf } from '../../counterparts/registry-server/registry-entries.mjs';
import { type RegistryApp, startRegistryApp } from './registry-app.fixture.js';

const path = '/api/v1/mcp-registry';
const nameOf = (n: number): string => entryOf(n).server.name;

describe('pages of the registry that are kept', () => {
  let one: RegistryApp;
  let two: RegistryApp;
  let user: SeededUser;

  beforeAll(async () => {
    one = await startRegistryApp(120);
    two = await startRegistryApp(0, { database: one.test.database, registry: one.registry });
    await one.sync();
    user = await one.test.seed.user();
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  const page = async (app: RegistryApp, query = '', headers: Record<string, string> = {}) => {
    const response = await app.test.call(`${path}${query}`, { token: user.token, headers });
    const text = await response.text();
    return {
      status: response.status,
      tag: response.headers.get('etag') ?? '',
      total: response.headers.get('x-total-count'),
      names: text === '' ? null : (JSON.parse(text) as { name: string }[]).map(({ name }) => name),
    };
  };
  const feature = (n: number) =>
    one.test.prisma.client.registryServer.update({ where: { name: nameOf(n) }, data: { isFeatured: true } });

  it('are not sent again to whoever has them, and their total is told all the same', async () => {
    for (const query of ['?limit=3', '/search?q=calendar', '/search?q=ca']) {
      const first = await page(one, query);
      expect(first.tag).toMatch(/^"[\w-]{22}"$/);
      for (const known of [first.tag, `W/${first.tag}`, `"other", ${first.tag}`]) {
        expect(await page(one, query, { 'if-none-match': known })).toMatchObject({
          status: 304,
          names: null,
          tag: first.tag,
          total: first.total,
        });
      }
      expect(await page(one, query, { 'if-none-match': '"other"' })).toEqual(first);
    }
  });

  it('have the same tag at every replica, and another one for another page', async () => {
    const [here, there, next] = [
      await page(one, '?limit=5'),
      await page(two, '?limit=5'),
      await page(one, '?offset=5'),
    ];
    expect(there).toEqual(here);
    expect(next.tag).not.toBe(here.tag);
  });

  it('are made anew at every replica once anybody has changed an entry', async () => {
    const known = [await page(one), await page(two, '/search?q=weather')];
    await feature(13);
    expect((await page(two)).names?.[0]).toBe(nameOf(13));
    expect((await page(one)).names?.[0]).toBe(nameOf(13));
    const searched = await page(two, '/search?q=weather', { 'if-none-match': known[1]?.tag ?? '' });
    expect([searched.status, searched.names?.[0]]).toEqual([200, nameOf(13)]);
  });

  it('are never older than the request, however many ask while entries change', async () => {
    for (let n = 20; n < 40; n += 1) {
      const asked = Array.from({ length: 5 }, () => page(two, '?featured=true&limit=100'));
      await feature(n);
      expect((await page(two, '?featured=true&limit=100')).names).toContain(nameOf(n));
      await Promise.all(asked);
    }
  });

  it('are not kept before what they show is committed', async () => {
    const before = await page(one, '?featured=true');
    await one.test.prisma.inTransaction(async () => {
      await feature(50);
      const outside = await two.test.call(`${path}?featured=true`, { token: user.token });
      expect(outside.headers.get('x-total-count')).toBe(before.total);
    });
    expect((await page(two, '?featured=true')).total).toBe(String(Number(before.total) + 1));
  });
});
