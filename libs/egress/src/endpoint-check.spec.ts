import { describe, expect, it } from 'vitest';
import { checkEndpoint, checkSecureEndpoint, EgressPolicy } from './index.js';

function reasonFor(url: string, policy = EgressPolicy.strict): string | null {
  const check = checkEndpoint(url, policy);
  return check.ok ? null : check.reason;
}

describe('checkEndpoint', () => {
  it.each([
    ['ftp://example.com', 'scheme "ftp" not in [http https]'],
    ['example.com/mcp', 'scheme "" not in [http https]'],
    ['', 'scheme "" not in [http https]'],
    ['https://user:pw@example.com', 'userinfo not allowed in outbound URL'],
    ['https://@example.com', 'userinfo not allowed in outbound URL'],
    ['https://', 'missing host'],
    ['https:///mcp', 'missing host'],
    ['https:example.com', 'missing host'],
    ['http://localhost:3000', 'localhost not allowed'],
    ['http://10.1.2.3/', 'literal private/internal IP 10.1.2.3 not allowed'],
    ['https://[fd00::1]/', 'literal private/internal IP fd00::1 not allowed'],
    ['https://exa mple.com', 'not a valid URL'],
    ['https://example.com:99999', 'not a valid URL'],
  ])('refuses %p because: %s', (url, reason) => {
    expect(reasonFor(url)).toBe(reason);
    expect(checkEndpoint(url, EgressPolicy.strict)).toMatchObject({ sentence: `endpoint is not allowed: ${reason}` });
  });

  it.each(['https://mcp.example.com/mcp?x=1', 'http://mcp.example.com', 'https://8.8.8.8/', ' https://a.example '])(
    'accepts the public address %p',
    (url) => {
      expect(reasonFor(url)).toBeNull();
    },
  );

  it.each([
    'http://127.0.0.1:80\\@evil.com',
    'https://a.example/\r\nX: 1',
    'https://a.exa\tmple',
    'https://a\0.example',
  ])('refuses %p, which parsers read differently', (url) => {
    expect(checkEndpoint(url, EgressPolicy.strict)).toMatchObject({ ok: false, rule: 'malformed' });
  });

  it('takes the host before a fragment, so that an @ behind it hides nothing', () => {
    expect(checkEndpoint('https://host.example#@127.0.0.1', EgressPolicy.strict)).toMatchObject({
      ok: true,
      url: { hostname: 'host.example' },
    });
  });

  it.each([
    ['http://localhost:3000/mcp', 'localhost'],
    ['http://localhost:3000/mcp', '127.0.0.0/8'],
    ['http://127.0.0.1:3000/mcp', '127.0.0.1'],
    ['http://[::ffff:10.0.0.1]/', '10.0.0.0/8'],
    ['http://MCP.Internal./', 'mcp.internal'],
  ])('accepts %s when the operator lists %s', (url, list) => {
    expect(reasonFor(url, EgressPolicy.parse(list))).toBeNull();
  });
});

describe('EgressPolicy.parse', () => {
  it('ignores blanks between commas', () => {
    expect(EgressPolicy.parse(' , a.internal ,10.0.0.0/8, ').listsHost('A.internal.')).toBe(true);
  });

  it.each(['a.internal:8080', 'http://a.internal', '*.internal', '10.0.0.0/33', '127.1', 'a b'])(
    'rejects the entry %p at start instead of ignoring it',
    (entry) => {
      expect(() => EgressPolicy.parse(`ok.internal,${entry}`)).toThrow(`"${entry}" in EGRESS_ALLOW`);
    },
  );

  it('does not open metadata and link-local addresses by a listed name, only by a listed range', () => {
    const byName = EgressPolicy.parse('mcp.internal');
    expect(byName.standingOf('mcp.internal', '10.0.0.7')).toBe('listed');
    expect(byName.standingOf('other.internal', '10.0.0.7')).toBe('refused');
    for (const address of ['169.254.169.254', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254', '0.0.0.0']) {
      expect([address, byName.standingOf('mcp.internal', address)]).toEqual([address, 'refused']);
    }
    expect(EgressPolicy.parse('169.254.0.0/16').standingOf('x.example', '169.254.169.254')).toBe('listed');
  });
});

describe('checkSecureEndpoint', () => {
  const policy = EgressPolicy.parse('as.internal, 10.0.0.0/8, 127.0.0.1');

  it.each(['https://as.example.com', 'http://as.internal', 'http://10.1.2.3', 'http://localhost:8080'])(
    'accepts %p',
    (url) => {
      expect(checkSecureEndpoint(url, policy)).toMatchObject({ ok: true });
    },
  );

  it.each([
    ['http://as.example.com', 'plain_http'],
    ['http://8.8.8.8', 'plain_http'],
    ['https://192.168.0.1', 'address'],
    ['javascript:alert(1)', 'scheme'],
  ])('refuses %p', (url, rule) => {
    expect(checkSecureEndpoint(url, policy)).toMatchObject({ ok: false, rule });
  });
});
