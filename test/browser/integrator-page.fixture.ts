import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

/** What the page asks the API for when its button is clicked. */
export interface ConnectWish {
  api: string;
  token: string;
  workspaceId: string;
  body: object;
}

/** What a popup told the page. */
export interface Heard {
  by: 'message' | 'channel';
  origin: string;
  told: Record<string, unknown>;
}

/** A page as an integrator writes it: a button that opens the popup and starts the connection, and a list of what it is told. */
export function integratorPage(wish: ConnectWish): string {
  return `<!doctype html>
<html lang="en">
<title>An integrator’s page</title>
<link rel="icon" href="data:,">
<button id="connect">Connect</button>
<ol id="heard"></ol>
<script>
const wish = ${JSON.stringify(wish)};
const tell = (by, { origin, data }) => {
  const item = document.createElement('li');
  item.textContent = JSON.stringify({ by, origin, told: data });
  document.querySelector('#heard').append(item);
};
addEventListener('message', (event) => tell('message', event));
new BroadcastChannel('crewship:oauth').onmessage = (event) => tell('channel', event);
document.querySelector('#connect').addEventListener('click', async () => {
  const popup = window.open('about:blank', 'connect', 'popup,width=480,height=640');
  const answer = await fetch(wish.api + '/api/v1/oauth/auto-connect', {
    method: 'POST',
    credentials: 'include',
    headers: {
      'Authorization': 'Bearer ' + wish.token,
      'X-Workspace-ID': wish.workspaceId,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(wish.body),
  });
  popup.location = (await answer.json()).auth_url;
});
</script>
</html>`;
}

/** Opens the page on the product's own origin, as a front end that is served beside the API would be. */
export async function openBesideApi(page: Page, wish: ConnectWish): Promise<void> {
  const url = `${wish.api}/integrator`;
  await page.route(url, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: integratorPage(wish) }),
  );
  await page.goto(url);
}

/** Clicks the page's button; answers the popup, at the authorization server. */
export async function clickConnect(page: Page): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#connect')]);
  await popup.waitForSelector('#approve');
  return popup;
}

/** What the page has been told, once it is as much as given. */
export async function heardBy(page: Page, count: number): Promise<Heard[]> {
  const items = page.locator('#heard li');
  await items.nth(count - 1).waitFor();
  return (await items.allTextContents()).map((text) => JSON.parse(text) as Heard);
}

/** A server on loopback that answers one page, for what depends on another origin than the product's. */
export async function serveElsewhere(html: () => string): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
