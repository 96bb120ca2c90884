/**
 * Where to go after signing in: a path of this origin, else `/`. Whatever a browser could read as another host is
 * refused: `//host`, backslashes, control characters (which URL parsers drop), schemes.
 */
export function safeCallbackUrl(wish: unknown): string {
  if (typeof wish !== 'string' || wish.length > 2048 || !wish.startsWith('/')) return '/';
  return wish.startsWith('//') || /[\\\p{Cc}]/u.test(wish) ? '/' : wish;
}
