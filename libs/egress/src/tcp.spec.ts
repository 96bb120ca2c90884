import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Egress, EgressPolicy } from './index.js';
import { GivenResolver, startRaw } from './loopback.fixture.js';

const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0)) await close();
});

function egressTo(list: string, names: Record<string, string[][]> = {}): Egress {
  const egress = new Egress(EgressPolicy.parse(list), { resolver: new GivenResolver(names) });
  cleanup.unshift(() => egress.close());
  return egress;
}

async function serve(): Promise<number> {
  const server = await startRaw((socket) => socket.write('hello'));
  cleanup.push(() => server.close());
  return server.port;
}

const limits = { purpose: 'spec', deadlineMs: 2_000 };

describe('Egress.connectTcp', () => {
  it('opens a connection to the address that was checked, whatever the name resolves to later', async () => {
    const port = await serve();
    const socket = await egressTo('db.test', { 'db.test': [['127.0.0.1'], ['10.9.9.9']] }).connectTcp(
      'db.test',
      port,
      limits,
    );
    const [greeting] = await once(socket, 'data');
    expect([String(greeting), socket.remoteAddress]).toEqual(['hello', '127.0.0.1']);
    socket.destroy();
  });

  it.each(['127.0.0.1', '::1', 'localhost', '169.254.169.254', 'db.test', 'two.test'])(
    'refuses %s, which nobody listed, before anything is sent',
    async (host) => {
      const egress = egressTo('', { 'db.test': [['10.0.0.7']], 'two.test': [['93.184.216.34', '127.0.0.1']] });
      await expect(egress.connectTcp(host, await serve(), limits)).rejects.toMatchObject({
        code: 'egress.url_not_allowed',
      });
    },
  );

  it('names what went wrong when nobody listens', async () => {
    const server = await startRaw(() => undefined);
    await server.close();
    await expect(egressTo('127.0.0.1').connectTcp('127.0.0.1', server.port, limits)).rejects.toMatchObject({
      code: 'egress.connection_failed',
      details: { failure: 'refused' },
    });
  });
});
