import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { environmentSchema, loadConfig, withDatabaseUrl } from './index.js';

const folders: string[] = [];
const key = '7f1c0a9be2d34586a7c8d90e1f2a3b4c5d6e7f8091a2b3c4d5e6f70819aabbcc';
const other = '2b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfe';
const session = 'vR3x9Qk2Lm8Tz5Wc7Yb1Nd4Hf6Jg0PsA';

function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  folders.push(folder);
  return join(folder, 'data');
}

function production(changes: Record<string, string>) {
  return { NODE_ENV: 'production', DATA_DIR: dataDir(), ENCRYPTION_KEY: key, NEXTAUTH_SECRET: session, ...changes };
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('loadConfig', () => {
  it('starts from an empty environment with the documented defaults', () => {
    const config = loadConfig({ DATA_DIR: dataDir() });
    expect(config.http).toMatchObject({ port: 8080, host: '127.0.0.1', publicUrl: 'http://localhost:8080' });
    expect(config.limits).toEqual({
      disabled: false,
      apiPerMinute: 12_000,
      authPerMinute: 600,
      credentialTestPerMinute: 600,
    });
    expect(config.auth).toMatchObject({ allowSignup: false, adminToken: null, lockoutThreshold: 10 });
    expect(config.plugins).toMatchObject({ bodyMaxBytes: 65_536, fetchTimeoutMs: 300_000, maxDirBytes: 104_857_600 });
    expect(config.composio).toMatchObject({ enabled: false, baseUrl: 'https://backend.composio.dev' });
    expect(config.database).toMatchObject({ embedded: true, poolMax: 10 });
  });

  it('names every bad variable, what is wrong with it and an example, and repeats no value', () => {
    const bad = {
      PORT: 'eighty',
      PUBLIC_URL: 'crewship',
      LOG_LEVEL: 'loud',
      PLUGIN_INSTALL_FETCH_TIMEOUT: '5',
      CREWSHIP_ALLOWED_ORIGINS: 'https://a.example/path',
      CREWSHIP_TRUSTED_PROXY_CIDRS: '10.0.0.0/99',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      ENCRYPTION_KEY: 'canary-key',
      CREWSHIP_ENCRYPTION_KEY_VERSION: '3',
      NEXTAUTH_SECRET: 'canary-short',
    };
    const message = messageOf(() => loadConfig({ DATA_DIR: dataDir(), ...bad }));
    for (const variable of Object.keys(bad)) expect(message).toMatch(new RegExp(`- ${variable} .+\\. Example: .+`));
    for (const value of ['hunter2', 'canary-key', 'canary-short']) expect(message).not.toContain(value);
  });

  it('gives a configuration that cannot be changed and whose secrets cannot be printed', () => {
    const config = loadConfig(production({ COMPOSIO_API_KEY: 'canary-composio', ADMIN_TOKEN: 'canary-admin-token' }));
    expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config, { http: null })).toThrow(TypeError);
    expect(JSON.stringify(config)).not.toContain('canary');
    expect(JSON.stringify({ ...config, keys: [...config.vault.keys] })).not.toContain(key);
  });

  it.each([
    ['ENCRYPTION_KEY', ''],
    ['ENCRYPTION_KEY', '0'.repeat(64)],
    ['ENCRYPTION_KEY', '0123456789abcdef'.repeat(4)],
    ['ENCRYPTION_KEY', Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('hex')],
    ['ENCRYPTION_KEY', key.slice(2)],
    ['NEXTAUTH_SECRET', ''],
    ['NEXTAUTH_SECRET', 'too-short'],
    ['NEXTAUTH_SECRET', 'please-change-me-please-change-me-now'],
    ['NEXTAUTH_SECRET', 'abab'.repeat(12)],
    ['ADMIN_TOKEN', 'admin'],
    ['CREWSHIP_RATELIMIT_DISABLED', 'true'],
  ])('row 28: does not start in production with %s=%s', (variable, value) => {
    expect(messageOf(() => loadConfig(production({ [variable]: value })))).toContain(`- ${variable} `);
  });

  it('starts with nothing but the new key once that is the current one, in production and beside a database', () => {
    const rotated = { ENCRYPTION_KEY: '', ENCRYPTION_KEY_V2: other, CREWSHIP_ENCRYPTION_KEY_VERSION: '2' };
    const env = production(rotated);
    expect([...loadConfig(env).vault.keys.keys()]).toEqual([2]);
    expect(() => statSync(join(env.DATA_DIR, 'secrets'))).toThrow('ENOENT');
    const folder = dataDir();
    mkdirSync(join(folder, 'postgres'), { recursive: true });
    expect([...loadConfig({ DATA_DIR: folder, ...rotated }).vault.keys.keys()]).toEqual([2]);
  });

  it('keeps the derived internal token through a rotation, until the old key is removed', () => {
    const tokenOf = (changes: Record<string, string>) => loadConfig(production(changes)).auth.internalToken.reveal();
    const both = { ENCRYPTION_KEY_V2: other, CREWSHIP_ENCRYPTION_KEY_VERSION: '2' };
    expect(tokenOf(both)).toBe(tokenOf({}));
    expect(tokenOf({ ...both, ENCRYPTION_KEY: '' })).not.toBe(tokenOf({}));
  });

  it('starts in production with proper keys and writes no secret to disk', () => {
    const env = production({});
    expect(loadConfig(env).vault.keys.get(1)?.reveal()).toBe(key);
    expect(() => statSync(join(env.DATA_DIR, 'secrets'))).toThrow('ENOENT');
  });

  it('generates missing secrets once, in files that only their owner can read', () => {
    const folder = dataDir();
    const first = loadConfig({ DATA_DIR: folder });
    const second = loadConfig({ DATA_DIR: folder });
    expect(second.vault.keys.get(1)?.reveal()).toBe(first.vault.keys.get(1)?.reveal());
    expect(second.auth.sessionSecret.reveal()).toBe(first.auth.sessionSecret.reveal());
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    for (const name of ['encryption-key', 'nextauth-secret']) {
      expect(statSync(join(folder, 'secrets', name)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, 'secrets', name), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    }
  });

  it('refuses to make a new key beside a database that was sealed with a lost one', () => {
    const folder = dataDir();
    mkdirSync(join(folder, 'postgres'), { recursive: true });
    expect(messageOf(() => loadConfig({ DATA_DIR: folder }))).toContain('the encryption key');
    expect(loadConfig({ DATA_DIR: folder, ENCRYPTION_KEY: key }).vault.currentVersion).toBe(1);
  });

  it('refuses a damaged secret file instead of sealing with it', () => {
    const folder = dataDir();
    mkdirSync(join(folder, 'secrets'), { recursive: true });
    writeFileSync(join(folder, 'secrets', 'encryption-key'), 'abc');
    expect(messageOf(() => loadConfig({ DATA_DIR: folder }))).toContain('is damaged');
  });

  it('reads every version of the key and seals with the one that is asked for', () => {
    const { vault } = loadConfig(production({ ENCRYPTION_KEY_V2: other, CREWSHIP_ENCRYPTION_KEY_VERSION: 'v2' }));
    expect([vault.currentVersion, vault.keys.get(1)?.reveal(), vault.keys.get(2)?.reveal()]).toEqual([2, key, other]);
    const missing = messageOf(() => loadConfig(production({ CREWSHIP_ENCRYPTION_KEY_VERSION: '2' })));
    expect(missing).toContain('ENCRYPTION_KEY_V2 is not set');
  });

  it('derives the internal token from the key, so that every replica has the same and no two installations do', () => {
    const token = loadConfig(production({})).auth.internalToken.reveal();
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(loadConfig(production({})).auth.internalToken.reveal()).toBe(token);
    expect(loadConfig(production({ ENCRYPTION_KEY: other })).auth.internalToken.reveal()).not.toBe(token);
  });

  it('lets COMPOSIO_ENABLED override the key in both directions', () => {
    const withKey = { DATA_DIR: dataDir(), COMPOSIO_API_KEY: 'x' };
    expect(loadConfig(withKey).composio.enabled).toBe(true);
    expect(loadConfig({ ...withKey, COMPOSIO_ENABLED: 'off' }).composio).toMatchObject({
      enabled: false,
      apiKey: null,
    });
    expect(loadConfig({ DATA_DIR: withKey.DATA_DIR, COMPOSIO_ENABLED: 'yes' }).composio.enabled).toBe(true);
  });

  it('reveals the connection string of an embedded database only after it was opened', () => {
    const config = loadConfig({ DATA_DIR: dataDir() });
    expect(() => config.database.url.reveal()).toThrow('has not been opened yet');
    expect(withDatabaseUrl(config, 'postgresql://x').database.url.reveal()).toBe('postgresql://x');
  });
});

describe('.env.example', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const entries = lines.flatMap((line) => {
    const [, name, value] = /^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value }];
  });

  it('lists every variable of the schema exactly once, and no other', () => {
    const listed = entries.map((entry) => entry.name).sort();
    expect(listed).toEqual([...Object.keys(environmentSchema.shape), 'ENCRYPTION_KEY_V2'].sort());
  });

  it('shows only values that the schema accepts', () => {
    const shown = Object.fromEntries(entries.map(({ name, value }) => [name, value]));
    expect(loadConfig({ ...shown, DATA_DIR: dataDir() }).database.embedded).toBe(false);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}
