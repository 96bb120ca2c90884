import { z } from 'zod';

// PostgreSQL stores neither NUL nor half of a surrogate pair.
const unstorable = /\p{Cs}|\0/gu;

/** Whether PostgreSQL stores a text as it is. */
export function isStorable(text: string): boolean {
  return text.search(unstorable) === -1;
}

/** Text from outside, fit for a column: no NUL, no half characters, at most so many characters. Anything else is "". */
export function cleanText(max: number) {
  return z
    .string()
    .transform((text) => text.slice(0, max).replace(unstorable, '').trim())
    .catch('');
}

/** The same where no text and an empty text differ. */
export function optionalText(max: number) {
  return cleanText(max).nullable().catch(null).default(null);
}

/**
 * An address that a browser may be sent to, else "". What could end an attribute or a tag is percent-encoded; a name or a
 * password in front of the host, which is there to mislead, makes it none.
 */
export function webAddress(protocols: readonly string[]) {
  return cleanText(2_048).transform((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !protocols.includes(url.protocol) || url.username !== '' || url.password !== '') return '';
    return isPlainAddress(text) ? text : url.href.replace(/'/g, '%27').slice(0, 2_048);
  });
}

/** An http(s) address whose parts may be variables in braces, also the whole beginning (`{base_url}/mcp`); else "". */
export const addressTemplate = cleanText(2_048).transform((text) =>
  /^(https?:\/\/|\{)[^\p{Cc}\s"'<>\\^`]*$/iu.test(text) ? text : '',
);

function isPlainAddress(text: string): boolean {
  return /^https?:\/\/[\x21-\x7e]*$/i.test(text) && !/["'<>\\^`{|}]/.test(text);
}

/** At most so many of the items that can be read; the others are left out. Anything but an array is none. */
export function readableItems<T extends z.ZodType>(item: T, max: number) {
  return z
    .array(z.unknown())
    .catch([])
    .default([])
    .transform((items) =>
      items.slice(0, max).flatMap((each): z.output<T>[] => {
        const read = item.safeParse(each);
        return read.success ? [read.data] : [];
      }),
    );
}

/** A map whose unreadable members are left out, as a list of members that know their name. */
export function readableMembers<T extends z.ZodObject>(item: T, max: number) {
  return z
    .record(z.string(), z.unknown())
    .catch({})
    .default({})
    .transform((members) => Object.fromEntries(readEntries(item, Object.entries(members).slice(0, max))));
}

function readEntries<T extends z.ZodObject>(item: T, entries: [string, unknown][]): [string, z.output<T>][] {
  return entries.flatMap(([name, value]): [string, z.output<T>][] => {
    const key = cleanText(255).parse(name);
    const read = item.safeParse(value);
    return key !== '' && read.success ? [[key, read.data]] : [];
  });
}
