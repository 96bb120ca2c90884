import type { AppError, FieldError } from '#kernel';
import { SourceError, type StagedTree, safeRelativePath, TreeBuilder } from '#sources';
import { generatedConfig } from './generated-config.js';
import { readTemplateConfig } from './template-config.js';
import { templateErrors } from './templates.errors.js';

const mebibyte = 1_048_576;

/** Most files of a template. */
export const maxTemplateFiles = 200;
/** Most bytes of all files of a template. */
export const maxTemplateBytes = 10 * mebibyte;
const configFile = 'config.yaml';

/**
 * The files of a body as a tree, with a config.yaml made where there is none.
 * @throws AppError 400 for a path, a text or too many files, 413 for a size.
 */
export function treeOfFiles(name: string, files: unknown): StagedTree {
  if (typeof files !== 'object' || files === null || Array.isArray(files)) throw fault('files', 'must be an object');
  const entries = Object.entries(files);
  if (entries.length === 0) throw fault('files', 'must hold at least one file');
  if (entries.length > maxTemplateFiles) throw templateErrors.tooManyFiles({ params: { count: entries.length } });
  const builder = new TreeBuilder({
    maxBytes: maxTemplateBytes,
    maxEntries: maxTemplateFiles,
    maxCompressedBytes: maxTemplateBytes,
  });
  for (const [path, content] of entries) addFile(builder, path, content);
  return withConfig(name, builder.finish());
}

function addFile(builder: TreeBuilder, path: string, content: unknown): void {
  const field = 'files';
  const safe = safeRelativePath(path);
  if (safe === null) throw fault(field, 'every path must be relative, inside the template, without ".."');
  if (typeof content !== 'string') throw fault(field, 'every file must be a text');
  const bytes = Buffer.from(content);
  if (bytes.byteLength > mebibyte) throw templateErrors.tooLarge({ params: { limit: '1 MiB a file' } });
  try {
    builder.keep(builder.admit(safe, 'file', bytes.byteLength), bytes);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.fault.kind === 'too_large') throw templateErrors.tooLarge({ params: { limit: '10 MiB in all' } });
    throw fault(field, 'every path must be the only one of its name');
  }
}

function withConfig(name: string, tree: StagedTree): StagedTree {
  const config = tree.get(configFile);
  if (!config) return new Map([...tree, [configFile, Buffer.from(generatedConfig(name, [...tree.keys()]))]]);
  const reading = readTemplateConfig(config.toString());
  if (!reading.ok) throw fault('files.config.yaml', reading.reason);
  return tree;
}

/**
 * Judges a tree that came from elsewhere: not too much of it, and a config.yaml at its root.
 * @throws AppError 400 for too many files, 413 for a size, 422 for its config.yaml.
 */
export function checkFetchedTree(tree: StagedTree): void {
  if (tree.size > maxTemplateFiles) throw templateErrors.tooManyFiles({ params: { count: tree.size } });
  if ([...tree.values()].some((content) => content.byteLength > mebibyte)) {
    throw templateErrors.tooLarge({ params: { limit: '1 MiB a file' } });
  }
  const config = tree.get(configFile);
  if (!config) throw templateErrors.configMissing();
  const reading = readTemplateConfig(config.toString());
  if (!reading.ok) throw templateErrors.configInvalid({ params: { reason: reading.reason } });
}

function fault(field: string, reason: string): AppError {
  const error: FieldError = { field, code: 'invalid', message: `${field} ${reason}` };
  return templateErrors.invalidBody({ fields: [error] });
}
