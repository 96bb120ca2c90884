const prefix = /^\[([A-Za-z0-9 _-]{1,39})\]\s*/;

/** The agent that a message begins with in brackets, and the rest of it; null: it names none. */
export function readSlug(text: string): { slug: string; rest: string } | null {
  const found = prefix.exec(text);
  if (found === null || found[1] === undefined) return null;
  return { slug: found[1], rest: text.slice(found[0].length) };
}

/** Whether a channel of this name is meant by a slug: the name itself, or its beginning with hyphens or nothing for spaces. */
export function isMeantBy(username: string, slug: string): boolean {
  const name = username.toLowerCase();
  const wanted = slug.trim().toLowerCase();
  if (wanted === '' || name === '') return false;
  return name === wanted || name.replaceAll(' ', '-').startsWith(wanted) || name.replaceAll(' ', '').startsWith(wanted);
}

/** How a channel of this name is called in a message. */
export function slugOf(username: string): string {
  return `[${username.toLowerCase().replaceAll(' ', '-')}]`;
}
