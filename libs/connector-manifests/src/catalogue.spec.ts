import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleCatalogue } from './assemble-catalogue.js';
import { manifestText } from './manifest.fixture.js';
import { bundledFolder, readManifestFolder } from './read-folder.js';

let outside: string;
let folder: string;

beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'connectors-'));
  folder = join(outside, 'catalogue');
  await mkdir(folder);
});

afterEach(() => rm(outside, { recursive: true }));

describe('the catalogue', () => {
  it('keeps what is right of a folder and reports the rest by name', async () => {
    await writeFile(join(outside, 'secret.yaml'), manifestText({ id: 'stolen' }));
    await symlink(join(outside, 'secret.yaml'), join(folder, 'link.yaml'));
    await mkdir(join(folder, 'folder.yaml'));
    await writeFile(join(folder, 'big.yaml'), `# ${'x'.repeat(65_536)}`);
    await writeFile(join(folder, 'bad.yaml'), 'id: Bad\n');
    await writeFile(join(folder, 'bytes.yaml'), Buffer.from([0x69, 0xff]));
    await writeFile(join(folder, 'notes.txt'), 'not a manifest');
    await writeFile(join(folder, 'z.yaml'), manifestText({ id: 'acme', name: 'Second' }));
    await writeFile(join(folder, 'a.yml'), manifestText({ id: 'acme', name: 'First' }));
    await writeFile(join(folder, 'linear.yaml'), manifestText({ id: 'linear', name: 'Not Linear' }));

    const files = [
      ...(await readManifestFolder(bundledFolder, 'bundled')),
      ...(await readManifestFolder(folder, 'folder')),
    ];
    const catalogue = assembleCatalogue(files);

    const names = new Map(catalogue.manifests.map(({ id, name }) => [id, name]));
    expect([names.get('acme'), names.get('linear'), names.has('stolen')]).toEqual(['First', 'Linear', false]);
    expect(Object.fromEntries(catalogue.faults.map(({ file, reasons }) => [file, reasons[0]]))).toEqual({
      'bad.yaml': expect.stringMatching(/^id: /),
      'big.yaml': 'must not be larger than 65536 bytes',
      'bytes.yaml': 'is not UTF-8',
      'folder.yaml': 'is not a file',
      'linear.yaml': 'id: "linear" is already the id of linear.yaml',
      'link.yaml': 'is a link that leads out of the folder',
      'z.yaml': 'id: "acme" is already the id of a.yml',
    });
  });

  it('follows links that stay within the folder', async () => {
    await mkdir(join(folder, '..data'));
    await writeFile(join(folder, '..data', 'acme.yaml'), manifestText());
    await symlink(join('..data', 'acme.yaml'), join(folder, 'acme.yaml'));
    const { manifests, faults } = assembleCatalogue(await readManifestFolder(folder, 'folder'));
    expect([manifests.map(({ id }) => id), faults]).toEqual([['acme'], []]);
  });
});
