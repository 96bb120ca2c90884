import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Egress, EgressPolicy, egressErrors, findRefusal } from './index.js';
import { GivenResolver, startCanary } from './loopback.fixture.js';

let canary: Awaited<ReturnType<typeof startCanary>>;
let canary6: Awaited<ReturnType<typeof startCanary>>;

beforeAll(async () => {
  canary = await startCanary('0.0.0.0');
  canary6 = await startCanary('::1');
});
afterAll(async () => {
  await canary.close();
  await canary6.close();
});

async function refusalOf(url: string, resolver = new GivenResolver({}), policy = EgressPolicy.strict) {
  const egress = new Egress(policy, { resolver });
  try {
    return await egress.request(url, { purpose: 'spec', deadlineMs: 2_000 }).then(
      () => null,
      (error: unknown) => error,
    );
  } finally {
    await egress.close();
  }
}

const loopbackSpellings = [
  '127.0.0.1',
  'localhost',
  'localhost.',
  'LOCALHOST',
  'api.localhost',
  '0.0.0.0',
  '[::]',
  '[::1]',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '127.1',
  '１２７.0.0.1',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
];

const internalAddresses = [
  ...['169.254.169.254', '[fd00:ec2::254]', '168.63.129.16', '100.100.100.200'],
  ...['[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::7f00:1]', '[64:ff9b:1::808:808]', '[2002:7f00:1::]'],
  // Teredo: a private server, then a private client (its bits are inverted).
  ...['[2001:0:a00:1::f7f7:f7f7]', '[2001:0:808:808::80ff:fffe]'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '198.18.0.1', '198.19.255.255'],
  ...['192.0.0.1', '192.0.2.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['[fc00::1]', '[fd12::1]', '[fe80::1]', '[fec0::1]', '[ff02::1]', '[5f00::1]', '[100::1]', '[2001:db8::1]'],
  ...['[::ffff:0:10.0.0.1]', '[4000::1]', '[3fff::1]'],
];

describe('an outbound call', () => {
  it.each(loopbackSpellings)('does not reach this machine as %s', async (host) => {
    const urls = [`http://${host}:${canary.port}/`, `https://${host}:${canary6.port}/`];
    for (const url of urls) expect(findRefusal(await refusalOf(url))?.rule).toBe('address');
    expect([canary.connections(), canary6.connections()]).toEqual([0, 0]);
  });

  it.each(internalAddresses)('does not reach the internal address %s', async (host) => {
    expect(findRefusal(await refusalOf(`https://${host}/`))?.rule).toBe('address');
  });

  it.each(internalAddresses)('does not reach %s through a name that resolves to it', async (host) => {
    const address = host.replace(/^\[|\]$/g, '');
    const resolver = new GivenResolver({ 'rebound.example': [[address]] });
    expect(findRefusal(await refusalOf('https://rebound.example/', resolver))?.rule).toBe('address');
    expect(resolver.asked).toEqual(['rebound.example']);
  });

  it.each(['metadata.google.internal', 'METADATA.google.internal.', 'instance-data.ec2.internal'])(
    'does not ask a name server for the metadata host %s',
    async (host) => {
      const resolver = new GivenResolver({ [host]: [['8.8.8.8']] });
      expect(findRefusal(await refusalOf(`https://${host}/`, resolver))?.rule).toBe('address');
      expect(resolver.asked).toEqual([]);
    },
  );

  it('is refused when only one address of several is internal', async () => {
    const resolver = new GivenResolver({ 'mixed.example': [['8.8.8.8', '127.0.0.1']] });
    const error = await refusalOf(`https://mixed.example:${canary.port}/`, resolver);
    expect(findRefusal(error)?.rule).toBe('address');
    expect(canary.connections()).toBe(0);
  });

  it('is refused over plain http to a public host, by name and by number', async () => {
    const resolver = new GivenResolver({ 'public.example': [['8.8.8.8']] });
    for (const url of ['http://public.example/', 'http://8.8.8.8/']) {
      expect(findRefusal(await refusalOf(url, resolver))?.rule).toBe('plain_http');
    }
  });

  it('is refused with a password in the URL, line breaks, or another scheme', async () => {
    const host = `127.0.0.1:${canary.port}`;
    const policy = EgressPolicy.parse('127.0.0.1');
    const urls = [`http://u:p@${host}/`, `http://${host}\\@evil.com`, `http://${host}/\r\nX: 1`, 'file:///etc/passwd'];
    const rules = await Promise.all(
      urls.map(async (url) => findRefusal(await refusalOf(url, undefined, policy))?.rule),
    );
    expect(rules).toEqual(['userinfo', 'malformed', 'malformed', 'scheme']);
    expect(canary.connections()).toBe(0);
  });

  it('says the same sentence for every reason and names no resolved address', async () => {
    const resolver = new GivenResolver({ 'inside.example': [['10.9.8.7']] });
    const urls = ['https://inside.example/', 'http://localhost/', 'ftp://a.example/', 'https://u@a.example/'];
    for (const url of urls) {
      const error = await refusalOf(url, resolver);
      expect(error).toMatchObject({
        code: 'egress.url_not_allowed',
        status: 422,
        message: egressErrors.urlNotAllowed().message,
      });
      expect(JSON.stringify([error, findRefusal(error)])).not.toContain('10.9.8.7');
    }
  });
});

describe('EgressPolicy.standingOf', () => {
  it.each([
    ['8.8.8.8'],
    ['2606:4700::1111'],
    ['64:ff9b::808:808'],
    ['2002:808:808::1'],
    ['2001:0:808:808::f7f7:f7f7'],
    ['::ffff:8.8.8.8'],
  ])('leaves the public address %s open, also when it carries an IPv4 address', (address) => {
    expect(EgressPolicy.strict.standingOf('x.example', address)).toBe('public');
  });

  it('judges a carried address by the listed ranges', () => {
    expect(EgressPolicy.parse('10.0.0.0/8').standingOf('x.example', '64:ff9b::a00:1')).toBe('listed');
  });
});
