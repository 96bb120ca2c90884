import { lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type StagedTree, systemCode } from '#sources';

const stagePrefix = '.staging-';

/** A tree that stands complete on disk, beside its place. */
export interface StagedFolder {
  /** Moves it to its place, all at once. False when something stands there already. */
  publish(): Promise<boolean>;
  /** Removes what is not published. */
  discard(): Promise<void>;
  /** Takes a published one away again. */
  retract(): Promise<void>;
}

/**
 * Writes a tree beside its place in `root` and has the disk keep it. Processes that share the folder do not see it until it
 * is published, and of two that publish the same name one succeeds.
 */
export async function stageFolder(
  root: string,
  tree: StagedTree,
  names: { id: string; slug: string },
): Promise<StagedFolder> {
  await mkdir(root, { recursive: true });
  const stage = join(root, `${stagePrefix}${names.id}`);
  const target = join(root, names.slug);
  const discard = () => rm(stage, { recursive: true, force: true });
  try {
    const folders = new Set([stage]);
    for (const [path, content] of tree) {
      const file = join(stage, ...path.split('/'));
      await mkdir(dirname(file), { recursive: true });
      for (let folder = dirname(file); folder !== stage; folder = dirname(folder)) folders.add(folder);
      await writeDurably(file, content);
    }
    for (const folder of folders) await syncFolder(folder);
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    publish: () => publish(stage, target),
    discard,
    retract: () => rm(target, { recursive: true, force: true }),
  };
}

async function publish(stage: string, target: string): Promise<boolean> {
  // An empty folder would be replaced by the move.
  if (await exists(target)) return false;
  try {
    await rename(stage, target);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EISDIR'].includes(systemCode(error))) return false;
    throw error;
  }
  await syncFolder(dirname(target));
  return true;
}

/** Removes what processes that died while writing left behind: folders that nobody has touched since. */
export async function removeAbandonedStages(root: string, before: Date): Promise<void> {
  const names = await readdir(root).catch((): string[] => []);
  for (const name of names.filter((each) => each.startsWith(stagePrefix))) {
    const path = join(root, name);
    const touched = await stat(path).catch(() => null);
    if (touched && touched.mtime < before) await rm(path, { recursive: true, force: true });
  }
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
