import { describe, expect, it } from 'vitest';
import { readPostgresDsn } from './postgres-dsn.js';

describe('a PostgreSQL connection string', () => {
  it('is read with its escapes and with defaults that come from nowhere else', () => {
    const reading = readPostgresDsn(
      'postgresql://a%40b:p%2Fw@db.example/my%20db?sslmode=verify-full&application_name=x',
    );
    expect(reading).toMatchObject({
      ok: true,
      target: { host: 'db.example', port: 5432, user: 'a@b', database: 'my db', sslMode: 'verify-full' },
    });
    expect(reading.ok && reading.target.password.reveal()).toBe('p/w');
    expect(readPostgresDsn('postgres://u@[::1]:6543')).toMatchObject({
      target: { host: '::1', port: 6543, database: 'u', sslMode: 'prefer' },
    });
  });

  it.each([
    'mysql://u@h/d',
    'host=db user=u',
    'postgres:///d?host=/var/run/postgresql',
    'postgres://u@%2Fvar%2Frun/d',
    'postgres://u@a,b/d',
    'postgres://h/d',
    'postgres://u@h:0/d',
    'postgres://u@h/d?sslrootcert=/etc/passwd',
    'postgres://u@h/d?sslcert=/x&sslkey=/y',
    'postgres://u@h/d?passfile=/root/.pgpass',
    'postgres://u@h/d?service=x',
    'postgres://u@h/d?options=-csession_authorization=x',
    'postgres://u@h/d?host=169.254.169.254',
    'postgres://u@h/d?sslmode=no-verify',
    'postgres://u:%zz@h/d',
    'postgres://u@h/d#x',
    'postgres://u@h/d\n',
  ])('is refused when it is %j', (dsn) => {
    expect(readPostgresDsn(dsn)).toMatchObject({ ok: false });
  });
});
