import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type SeededMember, startTestApp, type TestApp, type TestDatabase } from '#testing';

/** A cable between the application and its database that can be pulled and plugged in again. */
class Cable {
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  port = 0;

  constructor(private readonly target: { host: string; port: number }) {}

  async plugIn(): Promise<void> {
    const server = createServer((inner) => {
      const outer = connect(this.target);
      for (const [from, to] of [
        [inner, outer],
        [outer, inner],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => this.#sockets.delete(from));
        from.pipe(to);
      }
    });
    await new Promise<void>((ready) => server.listen(this.port, '127.0.0.1', ready));
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async pull(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server?.close(() => done()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

describe('a database that goes away', () => {
  let database: TestDatabase;
  let cable: Cable;
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    database = await createTestDatabase();
    const direct = new URL(database.url);
    cable = new Cable({ host: direct.hostname, port: Number(direct.port || 5432) });
    await cable.plugIn();
    const through = new URL(database.url);
    through.hostname = '127.0.0.1';
    through.port = String(cable.port);
    test = await startTestApp({ database: { url: through.href, drop: async () => undefined } });
    owner = await test.seed.workspace();
  });
  afterAll(async () => {
    await test.close();
    await cable.pull();
    await database.drop();
  });

  const list = () => test.as(owner).GET('/api/v1/integrations');
  const create = (name: string) =>
    test.as(owner).POST('/api/v1/integrations', { body: { name, endpoint: 'https://mcp.example.com/mcp' } });

  it('is answered with 503 and Retry-After, says nothing of the database, and is forgotten once it is back', async () => {
    expect((await list()).response.status).toBe(200);
    await cable.pull();
    for (const { response, error } of [await list(), await create('while-away')]) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
      expect(JSON.stringify(error)).not.toMatch(/postgres|127\.0\.0\.1|ECONN|SELECT/i);
    }
    expect(test.logs.join('')).not.toContain(new URL(database.url).password || 'no password');
    await cable.plugIn();
    expect((await list()).response.status).toBe(200);
    expect((await create('after')).response.status).toBe(201);
    expect(await test.prisma.client.workspaceIntegration.count({ where: { name: 'while-away' } })).toBe(0);
  });
});
