const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;
const lastMsOfDay = 86_399_999;

/** Which end of a day is meant where a text names only the day. */
export type DayEdge = 'start' | 'end';

/**
 * An instant from a text of RFC 3339, or from a bare date (`2026-01-31`, UTC) as the given end of that day; null when it
 * is neither, such as the 30th of February.
 */
export function parseInstant(text: string, edge: DayEdge = 'start'): Date | null {
  const [, year, month, day] = pattern.exec(text) ?? [];
  if (year === undefined || year === '0000' || !isDay(Number(year), Number(month), Number(day))) return null;
  const bare = text.length === 10;
  const ms = Date.parse(text.toUpperCase());
  if (Number.isNaN(ms)) return null;
  return new Date(bare && edge === 'end' ? ms + lastMsOfDay : ms);
}

// The engine takes the 30th of February for the 1st of March.
function isDay(year: number, month: number, day: number): boolean {
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
}
