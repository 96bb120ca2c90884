import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestOf } from './manifest.fixture.js';
import { resolveTemplate } from './resolve-template.js';
import type { Place } from './template-slots.js';

const manifest = manifestOf({
  fields: ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, label: key, type: 'password' })),
  derived: { dsn: 'postgres://${field.a}:${field.b}@db.example:5432/${field.c}?application_name=${field.d}' },
  mcp: { transport: 'streamable-http', endpoint: 'https://mcp.acme.example/mcp' },
});

function resolved(template: string, place: Place, values: Record<string, string>): string | null {
  const source = { manifest, values: new Map(Object.entries(values)), instanceUrl: 'https://here.example' };
  const result = resolveTemplate(source, template, place);
  return result.ok ? result.text : null;
}

// Texts with everything that means something to a URL, a header or a template.
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'@:/?#[]&=%;+ \\"\'<>\r\n\t$.{}a1é\u0000') }),
);
const someText = nasty.filter((text) => !/[\0\p{Surrogate}]/u.test(text));

describe('a template', () => {
  it('gives a URL of the same structure whatever its values are', () => {
    fc.assert(
      fc.property(someText, someText, (a, b) => {
        const text = resolved(
          'https://api.example:8443/v1/${field.a}/x/p-${field.b}?q=${field.a}&r=1&s=${field.b}',
          'url',
          { a, b },
        );
        // Only a whole dot segment is refused; everything else is escaped.
        if (text === null) {
          expect(['.', '..']).toContain(a);
          return;
        }
        const url = new URL(text);
        expect([url.protocol, url.host, url.hash, url.username]).toEqual(['https:', 'api.example:8443', '', '']);
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'v1', a, 'x', `p-${b}`]);
        expect([...url.searchParams]).toEqual([
          ['q', a],
          ['r', '1'],
          ['s', b],
        ]);
      }),
    );
  });

  it('gives a connection string of the same structure whatever its values are', () => {
    fc.assert(
      fc.property(someText, someText, someText, someText, (a, b, c, d) => {
        const text = resolved('${derived.dsn}', 'argument', { a, b, c, d });
        if (text === null) {
          expect(['.', '..']).toContain(c);
          return;
        }
        const url = new URL(text);
        expect([url.protocol, url.host, url.hash]).toEqual(['postgres:', 'db.example:5432', '']);
        expect([url.username, url.password, url.pathname.slice(1)].map(decodeURIComponent)).toEqual([a, b, c]);
        expect([...url.searchParams]).toEqual([['application_name', d]]);
      }),
    );
  });

  it('gives a header without line breaks, or none', () => {
    fc.assert(
      fc.property(nasty, (a) => {
        const text = resolved('Bearer ${field.a}', 'header', { a });
        if (text === null) expect(a).toMatch(/[^\t\x20-\x7e\x80-\xff]/);
        else expect(new Headers({ authorization: text }).get('authorization')).toBe(`Bearer ${a}`.trim());
      }),
    );
  });

  it('gives a host that is nothing but a host, or none', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.domain(), fc.ipV6()), (a) => {
        const text = resolved('https://${field.a}.acme.example/mcp', 'url', { a });
        if (text !== null) expect(new URL(text).hostname).toBe(`${a.toLowerCase()}.acme.example`);
      }),
    );
  });

  it.each(['db.example', '10.0.0.7', '::1', '[2001:db8::1]', 'my_db'])('takes %s for a host', (a) => {
    expect(resolved('postgres://${field.a}:5432/x', 'dsn', { a })).not.toBeNull();
  });

  it.each(['', 'a/b', 'a:1', 'a,b', 'u@h', '/var/run', '%2Fvar', '[::1', '-h', 'a?b', 'a#b', 'a b'])(
    'does not take "%s" for a host',
    (a) => {
      expect(resolved('postgres://${field.a}:5432/x', 'dsn', { a })).toBeNull();
    },
  );

  it.each(['', '0', '65536', '80a', '-1', '1e3', ' 80'])('does not take "%s" for a port', (a) => {
    expect(resolved('postgres://db:${field.a}/x', 'dsn', { a })).toBeNull();
  });

  it('takes only known modes for sslmode', () => {
    const template = 'postgres://db/x?sslmode=${field.a}';
    expect(resolved(template, 'dsn', { a: 'require' })).toBe('postgres://db/x?sslmode=require');
    expect(resolved(template, 'dsn', { a: 'require&sslrootcert=/etc/passwd' })).toBeNull();
  });

  it('continues a base URL that a person gave, and only from one', () => {
    const template = '${field.a}/api/${field.b}';
    expect(resolved(template, 'url', { a: 'https://git.example/sub/', b: 'x/y' })).toBe(
      'https://git.example/sub/api/x%2Fy',
    );
    for (const a of [
      '',
      'git.example',
      'ftp://git.example',
      'https://u:p@git.example',
      'https://git.example/?x',
      'https://git.example/#',
      'https:\\\\git.example',
      'javascript:1',
    ]) {
      expect(resolved(template, 'url', { a, b: 'x' })).toBeNull();
    }
    expect(resolved('${instance_url}/cb', 'url', {})).toBe('https://here.example/cb');
  });

  it('joins no dot segment out of a literal dot and a value', () => {
    expect(resolved('https://a.example/x/.${field.a}/y', 'url', { a: '.' })).toBeNull();
  });

  it('lets no value become an option of the command', () => {
    expect(resolved('${field.a}', 'argument', { a: '--exec=x' })).toBeNull();
    expect(resolved('--root=${field.a}', 'argument', { a: '--exec=x' })).toBe('--root=--exec=x');
  });
});
