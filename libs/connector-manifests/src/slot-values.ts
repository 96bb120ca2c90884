import { isIPv6 } from 'node:net';
import { unreachable } from '#kernel';
import { sslModes } from './ssl-modes.js';
import type { Slot } from './template-slots.js';

/** A value as it is written into its slot, or why it cannot stand there. The reason never repeats the value. */
export type SlotValue = { ok: true; text: string } | { ok: false; reason: string };

/** Escapes a value for its slot, so that nothing in it can end the slot and begin another part of the text. */
export function writeSlot(slot: Slot, value: string): SlotValue {
  if (/\p{Surrogate}/u.test(value) || value.includes('\0')) return refused('holds characters that no text may hold');
  switch (slot) {
    case 'plain':
      return written(value);
    case 'argument_start':
      return value.startsWith('-') ? refused('must not begin with "-", which would make it an option') : written(value);
    case 'header':
      return /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
        ? written(value)
        : refused('holds a line break or another character that no HTTP header may hold');
    case 'whole_url':
      return webUrl(value, true);
    case 'base_url':
      return webUrl(value, false);
    case 'whole_host':
      return isIPv6(value.replace(/^\[(.*)\]$/, '$1'))
        ? written(`[${value.replace(/^\[|\]$/g, '')}]`)
        : hostName(value);
    case 'host':
      return hostName(value);
    case 'port':
      return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
        ? written(value)
        : refused('must be a port from 1 to 65535');
    case 'userinfo':
    case 'option':
      return written(percentEncoded(value));
    case 'path':
      return written(percentEncoded(value));
    case 'ssl_mode':
      return sslModes.some((mode) => mode === value)
        ? written(value)
        : refused(`must be one of ${sslModes.join(', ')}`);
    default:
      return unreachable(slot);
  }
}

/** Percent-encodes everything but the unreserved characters (RFC 3986, section 2.3). */
export function percentEncoded(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hostName(value: string): SlotValue {
  const name = /^(?!-)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?$/;
  return value.length <= 253 && name.test(value) ? written(value) : refused('must be one host name or IP address');
}

// A whole URL may bring its own query; a base, which something follows, only scheme, host and path.
function webUrl(value: string, whole: boolean): SlotValue {
  const url = /[\p{Cc}\\\s]/u.test(value) || !URL.canParse(value) ? null : new URL(value);
  if (url === null || !/^https?:\/\//i.test(value)) return refused('must be an http or https URL');
  if (url.username !== '' || url.password !== '') return refused('must not hold a user name or a password');
  if (value.includes('#')) return refused('must have no fragment');
  if (whole) return written(url.href);
  return value.includes('?') ? refused('must have no query') : written(url.href.replace(/\/+$/, ''));
}

function written(text: string): SlotValue {
  return { ok: true, text };
}

function refused(reason: string): SlotValue {
  return { ok: false, reason };
}
