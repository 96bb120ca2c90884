/** Whether a redirect URI leads to a listener on the browser's own host (RFC 8252, 7.3). `localhost` may lie, but is common. */
export function isLoopbackRedirect(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, username, password, hash } = new URL(uri);
  const isLocal = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
  return protocol === 'http:' && isLocal && username === '' && password === '' && hash === '';
}

/** Whether a URL that a browser was sent to is this redirect URI with answer parameters added. */
export function leadsTo(url: URL, redirectUri: string): boolean {
  const expected = new URL(redirectUri);
  if (url.origin !== expected.origin || url.pathname !== expected.pathname) return false;
  return [...expected.searchParams].every(([name, value]) => url.searchParams.getAll(name).includes(value));
}
