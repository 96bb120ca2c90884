/** What came of trying submitted values. The message is for people and holds no submitted value. */
export interface Verdict {
  ok: boolean;
  message: string;
}

/** The values work. */
export function accepted(message = ''): Verdict {
  return { ok: true, message };
}

/** They do not, or could not be tried. */
export function rejected(message: string): Verdict {
  return { ok: false, message };
}

/** How long one attempt may take, in milliseconds. */
export const verifyDeadlineMs = 10_000;
