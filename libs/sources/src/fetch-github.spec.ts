import { afterEach, describe, expect, it } from 'vitest';
import { Egress, EgressPolicy } from '#egress';
import { type Answer, type LoopbackServer, startCanary, startServer } from '../../egress/src/loopback.fixture.js';
import { GithubArchives } from './github-archives.js';
import { SourceError, type SourceFault } from './source-faults.js';
import { treeLimits } from './staged-tree.js';
import { archiveOf } from './tar.fixture.js';

const limits = treeLimits(1_048_576);
const wish = (signal = AbortSignal.timeout(5_000)) => ({ purpose: 'test', limits, signal });
const pinned = { owner: 'acme', repo: 'tool', ref: 'feature/a' };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function startGithub(
  answer: Answer,
): Promise<{ server: LoopbackServer; archives: GithubArchives; origin: string }> {
  const server = await startServer(answer);
  const egress = new Egress(EgressPolicy.parse('127.0.0.1'));
  const archives = new GithubArchives(egress);
  const origin = `http://127.0.0.1:${server.port}`;
  archives.endpoint = { archives: origin, redirects: [origin] };
  closing.push(
    () => server.close(),
    () => egress.close(),
  );
  return { server, archives, origin };
}

async function faultOf(work: Promise<unknown>): Promise<SourceFault> {
  const failure: unknown = await work.catch((error: unknown) => error);
  if (!(failure instanceof SourceError)) throw new Error('no fault', { cause: failure });
  return failure.fault;
}

describe('fetching from GitHub', () => {
  it('asks for the archive of the ref, whatever kind of ref it is, and reads it', async () => {
    const { server, archives } = await startGithub((_, response) => response.end(archiveOf({ 'plugin.yaml': 'x' })));

    const tree = await archives.fetch(pinned, wish());
    await archives.fetch({ ...pinned, ref: 'a'.repeat(40) }, wish());
    await archives.fetch({ ...pinned, ref: null }, wish());

    expect([...tree.keys()]).toEqual(['plugin.yaml']);
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/acme/tool/tar.gz/feature/a',
      `/acme/tool/tar.gz/${'a'.repeat(40)}`,
      '/acme/tool/tar.gz/HEAD',
    ]);
  });

  it.each<[number, SourceFault['kind']]>([
    [404, 'not_found'],
    [403, 'upstream'],
    [500, 'upstream'],
    [204, 'upstream'],
  ])('answers status %d as %s', async (status, kind) => {
    const { archives } = await startGithub((_, response) => response.writeHead(status).end());

    await expect(faultOf(archives.fetch(pinned, wish()))).resolves.toMatchObject({ kind });
  });

  it('follows redirects within the host', async () => {
    const { archives } = await startGithub(({ path }, response) =>
      path === '/moved' ? response.end(archiveOf({ a: 'x' })) : response.writeHead(302, { location: '/moved' }).end(),
    );

    await expect(archives.fetch(pinned, wish())).resolves.toHaveProperty('size', 1);
  });

  it('row 38: follows no redirect to another host, not even to one that is open to outbound calls', async () => {
    const canary = await startCanary();
    closing.push(canary.close);
    for (const location of [
      `http://127.0.0.1:${canary.port}/`,
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      '//x',
      'http://[',
    ]) {
      const { archives } = await startGithub((_, response) => response.writeHead(302, { location }).end());
      await expect(faultOf(archives.fetch(pinned, wish()))).resolves.toMatchObject({ kind: 'upstream' });
    }

    expect(canary.connections()).toBe(0);
  });

  it('row 38: gives up on a circle of redirects', async () => {
    const { archives, server } = await startGithub(({ path }, response) =>
      response.writeHead(301, { location: path }).end(),
    );

    await expect(faultOf(archives.fetch(pinned, wish()))).resolves.toMatchObject({ kind: 'upstream' });
    expect(server.requests).toHaveLength(4);
  });

  it('row 38: calls no private address in place of GitHub', async () => {
    const canary = await startCanary();
    const egress = new Egress(EgressPolicy.strict);
    closing.push(canary.close, () => egress.close());
    const archives = new GithubArchives(egress);
    const origin = `https://127.0.0.1:${canary.port}`;
    archives.endpoint = { archives: origin, redirects: [origin] };

    await expect(faultOf(archives.fetch(pinned, wish()))).resolves.toMatchObject({ kind: 'upstream' });
    expect(canary.connections()).toBe(0);
  });

  it.each<[string, Answer]>([
    ['before it answers', () => undefined],
    ['in the middle of its answer', (_, response) => response.write(archiveOf({ a: 'x' }).subarray(0, 20))],
  ])('ends in time when the server stops %s', async (_, answer) => {
    const { archives } = await startGithub(answer);

    await expect(faultOf(archives.fetch(pinned, wish(AbortSignal.timeout(50))))).resolves.toEqual({ kind: 'timeout' });
  });

  it('row 38: reads no more packed bytes than allowed', async () => {
    const { archives } = await startGithub((_, response) => response.end(Buffer.alloc(20 * 1_048_576, 'a')));
    const small = { ...wish(), limits: { ...limits, maxCompressedBytes: 1_000 } };

    await expect(faultOf(archives.fetch(pinned, small))).resolves.toMatchObject({
      kind: 'too_large',
      of: 'compressed_bytes',
    });
  });

  it('says upstream of a connection that breaks', async () => {
    const { archives } = await startGithub((_, response) => {
      response.writeHead(200, { 'content-length': 10_000 });
      response.write(archiveOf({ a: 'x' }).subarray(0, 20), () => response.destroy());
    });

    await expect(faultOf(archives.fetch(pinned, wish()))).resolves.toMatchObject({ kind: 'upstream' });
  });
});
