import { readdirSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GithubArchives } from '#sources';
import { archiveOf, rawArchive } from '../../../libs/sources/src/tar.fixture.js';
import { adminToken, startTemplatesApp, type TemplatesApp } from './instance-admin.fixture.js';

describe('templates from GitHub', () => {
  let app: TemplatesApp;
  let server: Server;
  const asked: string[] = [];
  const config = { 'config.yaml': 'name: From GitHub\ntier: 2' };

  const big = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`f${n}`, Buffer.alloc(1_000_000, n)]));
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`f${n}`, '']));
  const archives: Readonly<Record<string, Buffer>> = {
    good: archiveOf({ ...config, 'prompts/system.md': 'Hello', 'logo.png': Buffer.from([0, 255, 1]) }),
    bare: archiveOf({ 'README.md': 'x' }),
    broken: archiveOf({ 'config.yaml': 'a: &a [x]\nb: *a' }),
    escape: rawArchive([
      { path: 'config.yaml', content: 'name: x' },
      { path: '../../x', content: 'x' },
    ]),
    link: rawArchive([{ path: 'config.yaml', type: '2', linkpath: '/etc/passwd' }]),
    huge: archiveOf({ ...config, ...big }),
    file: archiveOf({ ...config, big: Buffer.alloc(1_048_577) }),
    many: archiveOf({ ...config, ...many }),
  };
  const serve: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    const [, , repo = ''] = (request.url ?? '').split('/');
    const archive = archives[repo];
    if (repo === 'slow') return;
    if (repo === 'away') response.writeHead(500).end();
    else if (repo === 'elsewhere') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (archive) response.writeHead(200, { 'content-type': 'application/gzip' }).end(archive);
    else response.writeHead(404).end();
  };

  beforeAll(async () => {
    server = createServer(serve);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    app = await startTemplatesApp({
      env: { EGRESS_ALLOW: '127.0.0.1', PLUGIN_INSTALL_FETCH_TIMEOUT: '2s' },
    });
    const origin = `http://127.0.0.1:${port}`;
    app.test.app.get(GithubArchives, { strict: false }).endpoint = { archives: origin, redirects: [origin] };
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await app.close();
  });

  const send = async (json: unknown) => {
    const response = await app.test.call('/api/v1/templates/import', { method: 'POST', json, token: adminToken });
    return { ...((await response.json()) as { detail?: string }), code: response.status };
  };
  const onDisk = () => {
    try {
      return readdirSync(join(app.root, 'templates'), { recursive: true }).map(String).sort();
    } catch {
      return [];
    }
  };

  it.each([
    [{ source: ' ' }, 400, '\'source\' is required (e.g. "github://owner/repo#v1.2.0")'],
    [{ source: 'github://' }, 400, 'invalid template source'],
    [{ source: 'github://../..#x' }, 400, 'invalid template source'],
    [{ source: 'github://o/good#../../x' }, 400, 'invalid template source'],
    [{ source: 'file:///etc' }, 400, 'failed to resolve template source'],
    [{ source: 'some-name' }, 400, 'failed to resolve template source'],
    [{ source: 'github://o/none#v1' }, 404, 'failed to fetch template from github'],
    [{ source: 'github://o/away#v1' }, 502, 'failed to fetch template from github'],
    [{ source: 'github://o/elsewhere#v1' }, 502, 'failed to fetch template from github'],
    [{ source: 'github://o/slow#v1' }, 504, 'failed to fetch template from github'],
    [{ source: 'github://o/bare#v1' }, 422, 'the template has no config.yaml at its root'],
    [{ source: 'github://o/escape#v1' }, 422, 'the template is not taken: "repo-v1/../../x" has ".." in its path'],
    [{ source: 'github://o/link#v1' }, 422, 'the template is not taken: "repo-v1/config.yaml" is a symbolic link'],
    [{ source: 'github://o/huge#v1' }, 413, 'template exceeds size limit: 10 MiB and 200 files'],
    [{ source: 'github://o/file#v1' }, 413, 'template exceeds size limit: 1 MiB a file'],
    [{ source: 'github://o/many#v1' }, 400, 'too many files (202), max 200'],
  ])('row 38: are refused before anything is written: %j', async (body, code, detail) => {
    expect(await send(body)).toMatchObject({ code, detail });
    expect(onDisk()).toEqual([]);
  });

  it('must be pinned, and are not asked for otherwise', async () => {
    asked.length = 0;
    const refused = await send({ source: 'github://o/good' });
    expect(refused).toMatchObject({ code: 422, source: 'github://o/good' });
    expect(refused.detail).toContain('unpinned github source: append a tag or commit SHA');
    expect(asked).toEqual([]);
  });

  it('must have a config.yaml without YAML’s traps', async () => {
    const refused = await send({ source: 'github://o/broken#v1' });
    expect(refused.code).toBe(422);
    expect(refused.detail).toBe('the template’s config.yaml is not valid: must not use YAML anchors and aliases');
  });

  it('are imported as they are, under the repository’s name or a given one', async () => {
    expect(await send({ source: 'github://o/good#v1.0' })).toMatchObject({ code: 201, id: 'good', name: 'good' });
    expect(await send({ source: 'github://o/good#v1.0' })).toMatchObject({ code: 409, id: 'good' });
    expect(await send({ source: 'github://o/good#v1.0', name: 'Other' })).toMatchObject({ code: 201, id: 'other' });
    expect(onDisk().filter((path) => path.startsWith('good'))).toEqual([
      'good',
      'good/config.yaml',
      'good/logo.png',
      'good/prompts',
      'good/prompts/system.md',
    ]);
    const audit = await app.test.prisma.client.auditLog.findFirst({ where: { entityId: 'good' } });
    expect(audit?.metadata).toMatchObject({ source: 'github://o/good#v1.0' });
  });
});
