/**
 * What is wrong with a redirect URI, as the rest of a sentence that begins with its name, or null. Allowed are https,
 * http to the person's own machine (RFC 8252, 7.3) and schemes of an app, which must hold a dot (RFC 8252, 7.1): that
 * also keeps out `javascript:`, `data:` and their like.
 */
export function findRedirectUriFault(uri: string): string | null {
  if (/[\s\p{Cc}\\]/u.test(uri) || !URL.canParse(uri)) return 'must be an absolute URI';
  const url = new URL(uri);
  if (uri.includes('#')) return 'must not have a fragment';
  if (url.username !== '' || url.password !== '') return 'must not hold credentials';
  switch (url.protocol) {
    case 'https:':
      return null;
    case 'http:':
      return isLoopback(url.hostname) ? null : 'must be https, except to 127.0.0.1, [::1] or localhost';
    default:
      return url.protocol.includes('.') ? null : 'must be https, or have a scheme of an app, such as com.example.app:';
  }
}

function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === '[::1]' || host === 'localhost';
}
