import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const generated = /(^|\/)(generated|node_modules|dist)(\/|$)|^libs\/client\/src\/schema\.d\.ts$/;
const test = /(\.(int-|e2e-)?spec|\.fixture|\.arbitrary)\.ts$|^(test|libs\/testing)\//;

/** One TypeScript file of the repository. */
export interface SourceFile {
  /** Path from the root of the repository. */
  path: string;
  text: string;
  /** Whether it belongs to the tests rather than to the product. */
  isTest: boolean;
}

/** Every TypeScript file under the given folders that a person wrote. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((path) => !generated.test(path))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8'), isTest: test.test(path) })),
  );
}

/** Calls back for every node of the file, in order. */
export function walkNodes({ path, text }: SourceFile, visit: (node: ts.Node, tree: ts.SourceFile) => void): void {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const each = (node: ts.Node): void => {
    visit(node, tree);
    ts.forEachChild(node, each);
  };
  ts.forEachChild(tree, each);
}

/** `path:line` of a node. */
export function placeOf(node: ts.Node, tree: ts.SourceFile): string {
  return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}
