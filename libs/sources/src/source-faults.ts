import { isNativeError } from 'node:util/types';

/** Why an entry of an archive or a folder is not taken. */
export type EntryRefusal =
  | 'symlink'
  | 'hardlink'
  | 'special_file'
  | 'absolute_path'
  | 'parent_folder'
  | 'nul_byte'
  | 'control_character'
  | 'not_utf8'
  | 'backslash'
  | 'drive_letter'
  | 'empty_name'
  | 'name_too_long'
  | 'path_too_long'
  | 'duplicate'
  | 'outside_top_folder'
  | 'outside_root'
  | 'not_an_archive';

/** What is wrong with a source, its address or what came from it. Features map it to their own errors. */
export type SourceFault =
  /** Nothing to parse: no scheme's form, or nothing behind it. */
  | { kind: 'invalid_source' }
  /** A scheme that is not offered. */
  | { kind: 'unknown_scheme'; scheme: string }
  /** The part behind the scheme does not have that scheme's form. */
  | { kind: 'invalid_spec' }
  /** No such folder, repository or ref. */
  | { kind: 'not_found' }
  /** What came is not taken because of one entry. `entry` is its path, shortened, as data for people. */
  | { kind: 'refused'; reason: EntryRefusal; entry: string }
  /** A limit was passed; `max` is the limit. */
  | { kind: 'too_large'; of: 'bytes' | 'entries' | 'compressed_bytes'; max: number }
  /** The time allowed for the fetch was over. */
  | { kind: 'timeout' }
  /** The other side, or the disk, failed. `reason` is safe for people. */
  | { kind: 'upstream'; reason: string };

/** Thrown by everything in this library that can fail on what it was given. */
export class SourceError extends Error {
  constructor(
    readonly fault: SourceFault,
    options?: { cause?: unknown },
  ) {
    super(`source: ${fault.kind}`, options);
    this.name = 'SourceError';
  }
}

/** The code of an error of the system, such as `ENOENT`, or an empty text. */
export function systemCode(error: unknown): string {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The error of an entry that is not taken. */
export function refusedEntry(reason: EntryRefusal, entry: string): SourceError {
  return new SourceError({ kind: 'refused', reason, entry: printable(entry) });
}

const sentences: Record<EntryRefusal, string> = {
  symlink: 'is a symbolic link',
  hardlink: 'is a hard link',
  special_file: 'is neither a file nor a folder',
  absolute_path: 'has an absolute path',
  parent_folder: 'has ".." in its path',
  nul_byte: 'has a NUL byte in its path',
  control_character: 'has a control character in its path',
  not_utf8: 'has a path that is not UTF-8',
  backslash: 'has a backslash in its path',
  drive_letter: 'has a drive letter in its path',
  empty_name: 'has an empty path',
  name_too_long: 'has a name of more than 255 bytes',
  path_too_long: 'has a path of more than 1024 bytes',
  duplicate: 'is there twice, perhaps in another case or Unicode form',
  outside_top_folder: 'lies outside the top folder',
  outside_root: 'leads out of its root',
  not_an_archive: 'is not a readable tar.gz archive',
};

/** The refusal as the end of a sentence whose subject is the entry, such as `is a symbolic link`. */
export function refusalSentence(reason: EntryRefusal): string {
  return sentences[reason];
}

// Names come from outside: what is shown of them is short and cannot move a cursor.
function printable(entry: string): string {
  const clean = entry.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffd]/gu, '?');
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}
