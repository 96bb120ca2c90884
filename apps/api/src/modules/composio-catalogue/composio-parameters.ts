import { composioCatalogueErrors } from './composio-catalogue.errors.js';
import { maxFilterLength } from './dto/composio-list.query.js';

/** The filters that say something, as they were sent. @throws AppError 400 for one that is too long. */
export function filtersOf<K extends string>(given: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const filters: Partial<Record<K, string>> = {};
  for (const name of Object.keys(given) as K[]) {
    if (given[name].length > maxFilterLength) throw tooLong(name);
    if (given[name].trim() !== '') filters[name] = given[name];
  }
  return filters;
}

/** The members that are blank, as the problem of a body that lacks them lists them. */
export function blankFields(given: Readonly<Record<string, string>>, message: string) {
  const blank = Object.keys(given).filter((field) => given[field]?.trim() === '');
  return blank.map((field) => ({ field, code: 'required', message }));
}

/** An id of Composio's from the path. @throws AppError 400 for what cannot be one. */
export function upstreamId(name: string, text: string): string {
  const id = text.trim();
  // Dots alone would be another path.
  if (/^[\w.:-]{1,128}$/.test(id) && !/^\.+$/.test(id)) return id;
  throw composioCatalogueErrors.idMalformed({ params: { name } });
}

function tooLong(name: string) {
  const message = `${name} must be at most ${maxFilterLength} characters long`;
  return composioCatalogueErrors.parameterTooLong({
    params: { name, max: maxFilterLength },
    fields: [{ field: name, code: 'too_long', message }],
  });
}
