const longest = 50;
const shortest = 2;

/**
 * A slug made of a name by the rule of seed 003: "Équipe de Paris" becomes `equipe-de-paris`, and `equipe-de-paris-2`
 * where that is taken. Names without a Latin letter or digit give `fallback`.
 */
export function slugFromName(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const base = baseOf(name, fallback);
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const slug = `${base.slice(0, longest - suffix.length)}${suffix}`;
    if (!taken.has(slug)) return slug;
  }
}

function baseOf(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return plain.length >= shortest ? plain : [fallback, plain].filter((part) => part !== '').join('-');
}
