import type { EntryRefusal } from './source-faults.js';

const maxNameBytes = 255;
const maxPathBytes = 1_024;

/**
 * What is wrong with a path of an archive entry or of a file to be kept, or null. It must be relative, of names joined
 * by `/`, without `..`, NUL, control characters, backslashes and drive letters; names up to 255 bytes, paths up to 1,024.
 */
export function findPathRefusal(path: string): EntryRefusal | null {
  if (path.includes('\0')) return 'nul_byte';
  if (/[\p{Cc}\u2028\u2029]/u.test(path)) return 'control_character';
  // The replacement character is what bytes that are not UTF-8 become; a lone surrogate cannot become bytes.
  if (path.includes('\ufffd') || Buffer.from(path).toString() !== path) return 'not_utf8';
  if (path.includes('\\')) return 'backslash';
  if (path.startsWith('/')) return 'absolute_path';
  if (/^[a-z]:/i.test(normalPath(path))) return 'drive_letter';
  const names = path.split('/');
  if (names.includes('..')) return 'parent_folder';
  if (Buffer.byteLength(path) > maxPathBytes) return 'path_too_long';
  if (names.some((name) => Buffer.byteLength(name) > maxNameBytes)) return 'name_too_long';
  return normalPath(path) === '' ? 'empty_name' : null;
}

/** The path without empty names and `.`: `./a//b/` is `a/b`. */
export function normalPath(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
}

/**
 * The path of a file in a template or a bundle, in normal form, or null when it is not taken: {@link findPathRefusal},
 * and `..` nowhere at all, not even inside a name.
 */
export function safeRelativePath(text: string): string | null {
  return text.includes('..') || findPathRefusal(text) !== null ? null : normalPath(text);
}

/** One key for all the paths that a file system that ignores case or Unicode form would take for the same file. */
export function collisionKey(path: string): string {
  return path.normalize('NFKC').toUpperCase().normalize('NFKC');
}
