const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const twoLetterCodes = letters.flatMap((first) => letters.map((second) => first + second));
const codePattern = /^[a-z]{2,3}$/;

const names = new Set(twoLetterCodes.flatMap((code) => english.of(code)?.toLowerCase() ?? []));

/** Whether the text is the English name of a language ("Czech") or its ISO 639 code ("cs", "ces"), in any case. */
export function isLanguage(text: string): boolean {
  const given = text.toLowerCase();
  return names.has(given) || (codePattern.test(given) && english.of(given) !== undefined);
}
