import type { Manifest } from './manifest.schema.js';
import { faultLine } from './manifest-faults.js';
import { readManifest } from './read-manifest.js';

/** A manifest file that was read, or could not be. */
export interface ManifestFile {
  /** Name without its folder. */
  name: string;
  origin: 'bundled' | 'folder';
  /** Its text, or why there is none. */
  content: { text: string } | { problem: string };
}

/** A file that is not in the catalogue. */
export interface CatalogueFault {
  file: string;
  origin: ManifestFile['origin'];
  /** One line for each thing that is wrong. */
  reasons: string[];
}

const mostReasons = 50;

/** The connectors that can be installed, in the order of their files, and the files that could not be used. */
export interface Catalogue {
  manifests: readonly Manifest[];
  faults: readonly CatalogueFault[];
}

/** Makes a catalogue of files in their order. A bad file never keeps another out; the first file with an id has it. */
export function assembleCatalogue(files: readonly ManifestFile[]): Catalogue {
  const manifests = new Map<string, { manifest: Manifest; file: string }>();
  const faults: CatalogueFault[] = [];
  for (const { name, origin, content } of files) {
    const refuse = (reasons: string[]) => faults.push({ file: name, origin, reasons: shortened(reasons) });
    if ('problem' in content) {
      refuse([content.problem]);
      continue;
    }
    const reading = readManifest(content.text);
    if (!reading.ok) {
      refuse(reading.faults.map(faultLine));
      continue;
    }
    const { manifest } = reading;
    const first = manifests.get(manifest.id);
    if (first) refuse([`id: "${manifest.id}" is already the id of ${first.file}`]);
    else manifests.set(manifest.id, { manifest, file: name });
  }
  return { manifests: [...manifests.values()].map(({ manifest }) => manifest), faults };
}

// A file of nothing but faults has one for every few bytes.
function shortened(reasons: string[]): string[] {
  const left = reasons.length - mostReasons;
  return left > 0 ? [...reasons.slice(0, mostReasons), `and ${left} more`] : reasons;
}
