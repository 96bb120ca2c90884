import type { TemplatePart } from './template.js';

/** Where a whole template stands. */
export type Place = 'argument' | 'variable' | 'header' | 'url' | 'dsn' | 'derived';

/** Where one value stands in a template; decides what it may hold and how it is escaped. */
export type Slot =
  | 'plain'
  | 'argument_start'
  | 'header'
  | 'whole_url'
  | 'base_url'
  | 'userinfo'
  | 'whole_host'
  | 'host'
  | 'port'
  | 'path'
  | 'option'
  | 'ssl_mode';

/** The slots of a template in the order of its placeholders, or why values cannot stand there. */
export type SlotReading =
  | { ok: true; slots: Slot[] /** Scheme when the template is a URL or a connection string. */; scheme: string | null }
  | { ok: false; fault: string };

// Stands for one placeholder in the skeleton; templates have no control characters of their own.
const mark = '\u0001';
const urlForm = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/s;

/**
 * Options that a connection string may set. Drivers take file names and commands in others (`sslrootcert`, `passfile`,
 * `servicefile`, `options`), which would reach into the machine that runs them.
 */
const connectionOptions: Readonly<Record<string, readonly string[]>> = {
  postgres: ['sslmode', 'connect_timeout', 'application_name', 'target_session_attrs', 'channel_binding'],
  mysql: ['ssl-mode', 'charset'],
  mongodb: ['authSource', 'authMechanism', 'replicaSet', 'tls', 'retryWrites', 'w', 'readPreference', 'appName'],
  redis: [],
};

const families: Readonly<Record<string, string>> = {
  postgresql: 'postgres',
  mariadb: 'mysql',
  'mongodb+srv': 'mongodb',
  rediss: 'redis',
};

/** The options that connection strings of a scheme may set; none for an unknown scheme. */
export function permittedOptions(scheme: string): readonly string[] {
  const family = families[scheme] ?? scheme;
  return Object.hasOwn(connectionOptions, family) ? (connectionOptions[family] ?? []) : [];
}

/** Finds out where each placeholder stands. */
export function readSlots(parts: readonly TemplatePart[], place: Place): SlotReading {
  const skeleton = parts.map((part) => (part.kind === 'text' ? part.text : mark)).join('');
  if (place === 'header') return allOf(skeleton, 'header');
  const form = urlForm.exec(skeleton);
  if (form) return urlSlots(form, place);
  if (place === 'url' || place === 'dsn') return baseSlots(skeleton, place);
  const scheme = skeleton.indexOf('://');
  if (scheme !== -1 && skeleton.includes(mark, scheme)) {
    return refused('a URL inside a longer text goes into `derived`, to be named here as ${derived.x}');
  }
  if (place === 'derived' && skeleton.startsWith(mark) && /^.[/?]/s.test(skeleton)) return baseSlots(skeleton, place);
  const slots = allOf(skeleton, 'plain');
  if (place === 'argument' && skeleton.startsWith(mark) && slots.ok) slots.slots[0] = 'argument_start';
  return slots;
}

function baseSlots(skeleton: string, place: Place): SlotReading {
  // A pasted connection string is judged when it is used, by whoever connects.
  if (skeleton === mark) return { ok: true, slots: [place === 'dsn' ? 'plain' : 'whole_url'], scheme: null };
  if (place === 'dsn' || !/^.[/?]/s.test(skeleton) || !skeleton.startsWith(mark)) {
    return refused('must begin with scheme:// or consist of one placeholder');
  }
  // The base brings scheme and host; what follows is judged as the rest of some URL.
  const rest = urlForm.exec(`https://base${skeleton.slice(1)}`);
  const slots = rest ? urlSlots(rest, 'url') : refused('is not a URL');
  return slots.ok ? { ...slots, slots: ['base_url', ...slots.slots], scheme: null } : slots;
}

function urlSlots(form: RegExpExecArray, place: Place): SlotReading {
  const [, scheme = '', authority = '', path = '', query = '', fragment] = form;
  const web = scheme === 'http' || scheme === 'https';
  if (place === 'url' && !web) return refused('must be an http or https URL');
  if (fragment !== undefined) return refused('must have no fragment');
  const at = authority.lastIndexOf('@');
  if (web && at !== -1) return refused('must have no user information; use a header');
  const host = hostSlots(authority.slice(at + 1));
  const options = optionSlots(query, web ? null : scheme);
  if (typeof host === 'string') return refused(host);
  if (typeof options === 'string') return refused(options);
  if (/(^|\/)\.{1,2}(\/|$)/.test(path)) return refused('must have no dot segments');
  const slots = [
    ...marks(authority.slice(0, Math.max(at, 0)), 'userinfo'),
    ...host,
    ...marks(path, 'path'),
    ...options,
  ];
  return { ok: true, slots, scheme };
}

function hostSlots(text: string): Slot[] | string {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]]*)(?::(.*))?$/s.exec(text);
  const [, host = '', port = ''] = match ?? [];
  if (match === null || host === '') return 'must have a host';
  const literal = host.replaceAll(mark, 'a');
  if (!/^\[|^[\w.-]+$/.test(literal)) return 'must have one plain host';
  if (port !== '' && port !== mark && !/^\d{1,5}$/.test(port)) return 'must have a number or one placeholder as port';
  return [...(host === mark ? (['whole_host'] as const) : marks(host, 'host')), ...marks(port, 'port')];
}

function optionSlots(query: string, scheme: string | null): Slot[] | string {
  const slots: Slot[] = [];
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', ...values] = pair.split('=');
    if (name.includes(mark)) return 'must name its options literally';
    if (scheme !== null && !permittedOptions(scheme).includes(name)) {
      return `must not set the option "${name}"; ${scheme} allows ${permittedOptions(scheme).join(', ') || 'none'}`;
    }
    slots.push(...marks(values.join('='), scheme !== null && name === 'sslmode' ? 'ssl_mode' : 'option'));
  }
  return slots;
}

function allOf(skeleton: string, slot: Slot): { ok: true; slots: Slot[]; scheme: null } {
  return { ok: true, slots: marks(skeleton, slot), scheme: null };
}

function marks(text: string, slot: Slot): Slot[] {
  return Array.from(text.matchAll(new RegExp(mark, 'g')), () => slot);
}

function refused(fault: string): { ok: false; fault: string } {
  return { ok: false, fault };
}
