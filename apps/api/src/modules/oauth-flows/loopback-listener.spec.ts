import { afterEach, describe, expect, it } from 'vitest';
import { LoopbackListener, type LoopbackReply } from './loopback-listener.js';

const page = { html: '<p>said</p>', contentSecurityPolicy: "default-src 'none'" };
const reply = (ended: boolean): LoopbackReply => ({ status: ended ? 200 : 400, page, ended });

describe('a listener on the browser’s host', () => {
  const opened: LoopbackListener[] = [];
  const open = async (answer: LoopbackReply, lifetimeMs = 60_000) => {
    const listener = await LoopbackListener.open(async () => answer, lifetimeMs);
    opened.push(listener);
    return { listener, url: `http://127.0.0.1:${listener.port}` };
  };
  afterEach(() => {
    for (const listener of opened.splice(0)) listener.close();
  });

  it('answers /callback with the page under its own policy, and ends with the right hit', async () => {
    const { listener, url } = await open(reply(true));
    const response = await fetch(`${url}/callback?state=x`);
    expect(await response.text()).toBe(page.html);
    expect(response.headers.get('content-security-policy')).toBe(page.contentSecurityPolicy);
    await listener.closed;
    await expect(fetch(`${url}/callback`)).rejects.toThrow();
  });

  it('waits on after wrong hits, wrong paths and wrong methods', async () => {
    const { url } = await open(reply(false));
    expect((await fetch(`${url}/callback`)).status).toBe(400);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${url}/callback`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}/callback`)).status).toBe(400);
  });

  it('ends when its time is over', async () => {
    const { listener, url } = await open(reply(false), 20);
    await listener.closed;
    await expect(fetch(`${url}/callback`)).rejects.toThrow();
  });
});
