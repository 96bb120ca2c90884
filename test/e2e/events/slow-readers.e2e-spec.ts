import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { EventsService } from '../../../apps/api/src/modules/events/events.service.js';
import { SocketClient } from './socket.fixture.js';
import { SseReader } from './sse.fixture.js';
import { limitsOf, publisher, streamUrl } from './stream.fixture.js';

let here: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  here = await startTestApp();
  Object.assign(limitsOf(here), { bufferBytes: 65_536, drainMs: 150 });
});

beforeEach(async () => {
  owner = await here.seed.workspace();
});

afterAll(() => here.close());

describe('a server with slow readers', () => {
  it('closes a stream that is not read, and goes on for the others', async () => {
    const target = new URL(streamUrl(here, owner.workspaceId));
    const lazy = connect(Number(target.port), target.hostname);
    lazy.write(
      `GET ${target.pathname} HTTP/1.1\r\nHost: ${target.host}\r\nAuthorization: Bearer ${owner.token}\r\n\r\n`,
    );
    await new Promise((resolve) => lazy.once('readable', resolve));
    const closed = new Promise((resolve) => lazy.once('close', resolve));
    lazy.on('error', () => undefined);
    const reader = await SseReader.open(target.href, owner.token);
    const events = here.app.get(EventsService, { strict: false });
    const payload = { padding: 'x'.repeat(32_768) };
    let told = 0;
    while (!here.logs.some((line) => line.includes('slow_consumer'))) {
      await events.publishAll(Array.from({ length: 20 }, () => ({ ...owner, type: 'run.started' as const, payload })));
      told += 20;
    }
    expect(await reader.until(told)).toHaveLength(told);
    lazy.resume();
    await closed;
    reader.close();
  });

  it('closes a WebSocket that is not read', async () => {
    const client = await SocketClient.known(here.url, owner.token);
    await client.subscribe(owner.workspaceId);
    client.socket.pause();
    const tell = publisher(here, owner.workspaceId);
    const many = Array.from({ length: 20_000 }, (_, n) => n);
    for (let round = 0; round < 6; round += 1) await tell(...many);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    client.socket.resume();
    expect(await client.over()).toEqual({ code: 1013, reason: 'slow_consumer' });
  });
});
