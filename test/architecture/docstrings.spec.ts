import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { placeOf, sourceFiles } from './source-files.fixture.js';

type Declaration =
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.VariableStatement;

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    ts.isClassDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isVariableStatement(node)
  );
}

function isExported(node: Declaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isDocumented(node: ts.Node, text: string): boolean {
  return (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []).some(({ pos }) => text.startsWith('/**', pos));
}

// Overloads and the implementation behind them share the docstring of the first.
function isLaterOverload(node: Declaration, previous: ts.Statement | undefined): boolean {
  return (
    ts.isFunctionDeclaration(node) &&
    previous !== undefined &&
    ts.isFunctionDeclaration(previous) &&
    previous.name?.text === node.name?.text
  );
}

describe('the public surface', () => {
  it('says what every exported class, function, interface, type and constant is', () => {
    const silent = sourceFiles('apps', 'libs')
      .filter(({ path }) => !/\.(int-)?spec\.ts$/.test(path))
      .flatMap(({ path, text }) => {
        const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
        return tree.statements
          .filter(
            (node, index) =>
              isDeclaration(node) && isExported(node) && !isLaterOverload(node, tree.statements[index - 1]),
          )
          .filter((node) => !isDocumented(node, text))
          .map((node) => placeOf(node, tree));
      });
    expect(silent).toEqual([]);
  });
});
