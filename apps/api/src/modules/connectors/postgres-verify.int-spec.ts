import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '#connector-manifests';
import { Egress, EgressPolicy } from '#egress';
import { type EmbeddedDatabase, startEmbeddedPostgres } from '#prisma';
import { selfSigned } from '../../../../../libs/egress/src/certificate.fixture.js';
import { PostgresVerifyService } from './postgres-verify.service.js';
import { ProviderWords } from './provider-words.js';

const named = 'db.test';
const { key, cert } = selfSigned(named);
const loopback = { resolve: async () => ['127.0.0.1'] };
const words = wordsOf('id: x\nname: X\nauth_mode: none\nmcp: { transport: stdio, command: x }\n');

describe('verifying a PostgreSQL database that speaks TLS', () => {
  let folder: string;
  let database: EmbeddedDatabase;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crewship-tls-'));
    chmodSync(folder, 0o711);
    database = await startEmbeddedPostgres({ dataDir: folder, initOptions: ['--no-sync'], settings: { fsync: 'off' } });
    await encrypt(database.url);
  }, 60_000);
  afterAll(async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const verify = async (sslmode: string, host: string, ca: string | undefined) => {
    const url = new URL(database.url);
    const dsn = `postgres://${url.username}:${url.password}@${host}:${url.port}${url.pathname}?sslmode=${sslmode}`;
    const egress = new Egress(EgressPolicy.parse('127.0.0.1'), { resolver: loopback, ca });
    const { ok, message } = await new PostgresVerifyService(egress).verify(dsn, words);
    await egress.close();
    return ok ? 'ok' : message.replace('postgres connection failed: ', '');
  };

  it.each(['disable', 'allow', 'prefer', 'require'])(
    'signs in with %s, whoever signed the certificate',
    async (mode) => {
      expect(await verify(mode, named, undefined)).toBe('ok');
    },
  );

  it.each(['verify-ca', 'verify-full'])('wants a known authority for %s', async (mode) => {
    expect(await verify(mode, named, cert)).toBe('ok');
    expect(await verify(mode, named, undefined)).toContain('self-signed certificate');
  });

  it('wants the certificate to be for the host with verify-full only', async () => {
    expect(await verify('verify-ca', 'other.test', cert)).toBe('ok');
    expect(await verify('verify-full', 'other.test', cert)).toContain("does not match certificate's altnames");
  });

  it('takes no certificate for an address that does not stand in it', async () => {
    expect(await verify('verify-full', '127.0.0.1', cert)).toContain("IP: 127.0.0.1 is not in the cert's list");
  });

  it('falls back to no encryption with prefer, and never with require', async () => {
    await onServer(database.url, 'ALTER SYSTEM SET ssl = off', 'SELECT pg_reload_conf()');
    await untilSsl(database.url, 'off');
    expect(await verify('prefer', named, undefined)).toBe('ok');
    for (const mode of ['require', 'verify-ca', 'verify-full']) {
      expect(await verify(mode, named, cert)).toContain('does not support SSL');
    }
  });
});

async function encrypt(url: string): Promise<void> {
  const [row] = await onServer(url, 'SHOW data_directory');
  const place = String(row?.data_directory);
  const { uid, gid } = statSync(place);
  for (const [name, text] of [
    ['server.key', key],
    ['server.crt', cert],
  ] as const) {
    const file = join(place, name);
    writeFileSync(file, text, { mode: 0o600 });
    chownSync(file, uid, gid);
  }
  await onServer(url, 'ALTER SYSTEM SET ssl = on', 'SELECT pg_reload_conf()');
  await untilSsl(url, 'on');
}

async function untilSsl(url: string, state: string): Promise<void> {
  while ((await onServer(url, 'SHOW ssl'))[0]?.ssl !== state) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function onServer(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let rows: Record<string, unknown>[] = [];
  for (const statement of statements) rows = (await client.query(statement)).rows;
  await client.end();
  return rows;
}

function wordsOf(text: string): ProviderWords {
  const reading = readManifest(text);
  if (!reading.ok) throw new Error('the manifest cannot be read');
  return new ProviderWords(reading.manifest, new Map());
}
