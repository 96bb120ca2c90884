import { describe, expect, it } from 'vitest';
import { readBundle } from './bundle-reading.js';

const read = (bundle: object, strict = false) => readBundle(bundle, { encrypted: false, strict });
const outermost = (bundle: object) => read(bundle)[0]?.bundle;

describe('the two spellings of a member', () => {
  const schedule = { name: 's', prompt: 'p' };

  it('are one to an import, at every level, and to a strict one too', () => {
    const parts = { schedules: [{ ...schedule, expression: '0 3 * * *' }], channels: [{ type: 'slack' }] };
    const placed = read({ name: 'W', ...parts, sub_workspaces: [{ name: 'V', ...parts }] }, true);
    for (const { bundle } of placed) {
      expect(bundle.schedules).toMatchObject([{ cron_expr: '0 3 * * *' }]);
      expect(bundle.channels).toMatchObject([{ channel_type: 'slack' }]);
    }
    expect(placed).toHaveLength(2);
  });

  it('given both, are read as the one that exports have', () => {
    const schedules = [{ ...schedule, expression: 'x', cron_expr: '0 3 * * *' }];
    const channels = [{ type: 'x', channel_type: 'slack' }];
    expect(outermost({ name: 'W', schedules, channels })).toMatchObject({
      schedules: [{ cron_expr: '0 3 * * *' }],
      channels: [{ channel_type: 'slack' }],
    });
  });

  it('are told of as one where something is wrong', () => {
    const twice = { name: 'W', channels: [{ type: 'slack' }, { channel_type: 'slack' }] };
    expect(() => read(twice)).toThrow('channels.1 has the name of an earlier entry');
    expect(() => read({ name: 'W', schedules: [{ ...schedule, expression: 7 }] })).toThrow('schedules.0.cron_expr');
    expect(() => read({ name: 'W', schedules: [7], channels: [null], sub_workspaces: ['x'] })).toThrow('schedules.0');
  });
});

describe('the secrets of a plain bundle', () => {
  const named = { name: 'W', secrets: ['K1', ' K1', 'K2', ''], credentials: [{ name: 'K2', type: 'API_KEY' }] };

  it('are credentials to fill in, each once, beside those that are there', () => {
    const { credentials } = outermost({ ...named, sub_workspaces: [] }) ?? {};
    expect(credentials?.map(({ name, type }) => `${name} ${type}`)).toEqual(['K2 API_KEY', 'K1 SECRET']);
    const below = read({ name: 'W', sub_workspaces: [named] })[1]?.bundle.credentials;
    expect(below).toEqual(credentials);
  });

  it('stay names in a bundle of our format, and in the workspaces within one', () => {
    const format = 'crewship.bundle/1';
    const all = read({ ...named, format, sub_workspaces: [{ ...named, channels: [{ channel_type: 'telegram' }] }] });
    expect(all.map(({ bundle }) => bundle.credentials.map(({ name }) => name))).toEqual([['K2'], ['K2']]);
    expect(all[1]?.bundle.channels).toMatchObject([{ secrets: [] }]);
  });

  it('count among the entries that a bundle may have', () => {
    const many = Array.from({ length: 900 }, (_, n) => `K${n}`);
    const sub_workspaces = [1, 2, 3, 4, 5].map((n) => ({ name: `W${n}`, secrets: many }));
    expect(() => read({ name: 'W', sub_workspaces })).toThrow('a bundle has at most 4000 entries');
  });

  it.each([
    ['telegram', [], ['bot_token']],
    ['telegram', ['webhook_secret'], ['webhook_secret', 'bot_token']],
    ['discord', [], ['webhook_url']],
    ['lark', [], ['webhook_url']],
    ['slack', [], ['bot_token']],
    ['slack', ['webhook_url'], ['webhook_url']],
    ['carrier-pigeon', [], []],
  ])('of a %s channel that names %j are %j', (channel_type, secrets, all) => {
    expect(outermost({ name: 'W', channels: [{ channel_type, secrets }] })?.channels[0]?.secrets).toEqual(all);
  });
});
