/** FNV-1a with 32 bits over UTF-8, as eight hexadecimal digits. Short, not secure: names made of it can collide. */
export function fnvHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
