import { gzipSync } from 'node:zlib';

/** One entry, written byte by byte, so that a test can say what no packer would. */
export interface RawEntry {
  path: string;
  content?: Buffer | string;
  /** Type flag of the header: `0` file, `1` hard link, `2` symbolic link, `3` device, `5` folder, `6` pipe. */
  type?: string;
  linkpath?: string;
  /** The size that the header claims. */
  size?: number;
}

/** The blocks of one entry: ustar header (POSIX.1-1988) and padded content. */
export function rawEntry({ path, content = '', type = '0', linkpath = '', size }: RawEntry): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${(size ?? body.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(linkpath, 157, 100);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

/** A PAX extended header (POSIX.1-2001) that gives the next entry another path. */
export function paxPath(path: string): Buffer {
  const record = ` path=${path}\n`;
  const bytes = Buffer.byteLength(record);
  let length = bytes + 1;
  while (length !== bytes + String(length).length) length = bytes + String(length).length;
  return rawEntry({ path: 'pax', type: 'x', content: `${length}${record}` });
}

/** An archive of such entries, below a top folder `repo-v1/` unless said otherwise, with its end marked. */
export function rawArchive(entries: readonly (RawEntry | Buffer)[], top = 'repo-v1/'): Buffer {
  const blocks = entries.map((entry) =>
    Buffer.isBuffer(entry) ? entry : rawEntry({ ...entry, path: top + entry.path }),
  );
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1_024)]));
}

/** An archive of plain files, as GitHub would send it. */
export function archiveOf(files: Record<string, string | Buffer>): Buffer {
  return rawArchive([
    rawEntry({
      path: 'pax_global_header',
      type: 'g',
      content: '52 comment=0123456789012345678901234567890123456789\n',
    }),
    { path: '', type: '5' },
    ...Object.entries(files).map(([path, content]) => ({ path, content })),
  ]);
}
