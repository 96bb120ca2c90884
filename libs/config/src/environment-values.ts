import { isIP } from 'node:net';
import { z } from 'zod';
import { Secret } from '#kernel';

const words: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['true', '1', 'yes', 'on', 'y', 't'].map((word) => [word, true])),
  ...Object.fromEntries(['false', '0', 'no', 'off', 'n', 'f'].map((word) => [word, false])),
};

/** A yes or no in any of the usual spellings, whatever its case. */
export const flag = z.string().transform((text, context) => {
  const value = words[text.trim().toLowerCase()];
  if (value === undefined) context.addIssue({ code: 'custom', message: 'must be true or false' });
  return value ?? false;
});

/** A whole number between two limits, both included. */
export const whole = (least: number, most: number) =>
  z.string().transform((text, context) => {
    const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${least} to ${most}` });
    return z.NEVER;
  });

const msOfUnit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** A span of time such as `500ms`, `30s`, `5m` or `1h`, in milliseconds. */
export const duration = z.string().transform((text, context) => {
  const [, amount, unit] = /^(\d{1,9})(ms|s|m|h)$/.exec(text.trim()) ?? [];
  if (unit === 'ms' || unit === 's' || unit === 'm' || unit === 'h') return Number(amount) * msOfUnit[unit];
  context.addIssue({ code: 'custom', message: 'must be a number with a unit: ms, s, m or h' });
  return z.NEVER;
});

/** Spans of time between commas, in milliseconds: one at least, twenty at most. */
export const durations = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(duration).min(1).max(20));

/** An absolute http or https URL without credentials, query or fragment; trailing slashes are dropped. */
export const webUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash;
  if (plain) return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  context.addIssue({
    code: 'custom',
    message: 'must be an absolute http or https URL without credentials, query or fragment',
  });
  return z.NEVER;
});

/** A PostgreSQL connection string. It holds a password, so it stays sealed. */
export const postgresUrl = z.string().transform((text, context) => {
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return new Secret(text);
  context.addIssue({ code: 'custom', message: 'must be a connection string that starts with postgresql://' });
  return z.NEVER;
});

/** Text that must not be printed, at least `least` characters long. */
export const secret = (least: number) =>
  z
    .string()
    .min(least, `must have at least ${least} characters`)
    .transform((text) => new Secret(text));

/** Values between commas; spaces around them and empty ones are dropped. */
export const list = (accepts: (item: string) => boolean, wrong: string) =>
  z.string().transform((text, context): readonly string[] => {
    const items = text.split(',').flatMap((item) => item.trim() || []);
    for (const item of items) {
      if (!accepts(item)) context.addIssue({ code: 'custom', message: wrong });
    }
    return items;
  });

/** Whether the text is an address, or an address and the length of its network: `10.0.0.0/8`, `::1`. */
export function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128));
}

/** Whether the text is a host name, with a port or without: `mcp.internal`, `localhost:9000`. */
export function isHost(text: string): boolean {
  return /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?(:\d{1,5})?$/.test(text);
}

/** Whether the text is an origin as browsers send it: scheme and host, nothing after. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}
