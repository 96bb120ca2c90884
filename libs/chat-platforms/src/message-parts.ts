/**
 * Cuts a text into parts of at most `max` UTF-16 units: at a blank line, else at a line's end, else at a space, else
 * anywhere but inside a character. White space at a cut is dropped.
 */
export function messageParts(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const at = cutIn(rest, max);
    const part = rest.slice(0, at).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

function cutIn(text: string, max: number): number {
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(mark, max);
    // A cut near the front would leave crumbs.
    if (at > max / 4) return at;
  }
  const unit = text.charCodeAt(max - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? max - 1 : max;
}

/** The ids of a list that is separated by commas, without repetitions. */
export function idsOf(list: string | undefined): string[] {
  const ids = (list ?? '').split(',').map((id) => id.trim());
  return [...new Set(ids.filter((id) => id !== ''))];
}
