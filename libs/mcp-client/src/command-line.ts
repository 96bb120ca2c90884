/**
 * Splits a command the way a POSIX shell does, without expanding anything: quotes `'` and `"` group, a backslash takes
 * the next character as it is (not inside single quotes). Null when a quote or a backslash is left open.
 */
export function splitCommandLine(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") {
      at++;
      if (at === text.length) return null;
      word = (word ?? '') + text.charAt(at);
    } else if (quote) {
      if (char === quote) quote = null;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (!/\s/.test(char)) {
      word = (word ?? '') + char;
    } else if (word !== null) {
      words.push(word);
      word = null;
    }
  }
  if (quote) return null;
  return word === null ? words : [...words, word];
}
