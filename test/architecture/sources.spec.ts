import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { placeOf, type SourceFile, sourceFiles, walkNodes } from './source-files.fixture.js';

const everything = sourceFiles('apps', 'libs', 'test');
const product = everything.filter(({ isTest }) => !isTest);

const maxLines = 300;

// What only a port may ask of the machine, and the files that are those ports.
const machineCalls: { what: string; pattern: RegExp; ports: RegExp }[] = [
  { what: 'the environment', pattern: /^process\.env$/, ports: /^libs\/config\// },
  { what: 'the time', pattern: /^(new Date\(\)|Date\.now)$/, ports: /^libs\/kernel\/src\/clock\.ts$/ },
  {
    what: 'chance',
    pattern: /^(Math\.random|randomBytes|randomUUID|randomInt|randomFillSync|crypto\.getRandomValues)$/,
    ports: /^libs\/kernel\/src\/(random|ids)\.ts$/,
  },
  { what: 'the network', pattern: /^(globalThis\.)?fetch$/, ports: /^libs\/(egress|client)\// },
];

// The whole expression that asks: `Date.now` of `Date.now()`, `new Date()` when it takes no argument.
function askOf(node: ts.Node, tree: ts.SourceFile): string | null {
  if (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0)
    return `${node.getText(tree).replace(/\(?\)?$/, '')}()`;
  if (ts.isCallExpression(node)) return node.expression.getText(tree);
  if (ts.isPropertyAccessExpression(node) && node.getText(tree) === 'process.env') return 'process.env';
  return null;
}

function found(files: readonly SourceFile[], isFound: (node: ts.Node, tree: ts.SourceFile) => boolean): string[] {
  const places: string[] = [];
  for (const file of files) {
    walkNodes(file, (node, tree) => {
      if (isFound(node, tree)) places.push(placeOf(node, tree));
    });
  }
  return places;
}

describe('the sources', () => {
  it.each(machineCalls)('ask for $what through its port only', ({ pattern, ports }) => {
    const strangers = product.filter(({ path }) => !ports.test(path));
    expect(found(strangers, (node, tree) => pattern.test(askOf(node, tree) ?? ''))).toEqual([]);
  });

  it(`stay within ${maxLines} lines a file`, () => {
    const long = everything.filter(({ text }) => text.split('\n').length - 1 > maxLines);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('name their role: nothing is called utils, helpers or misc', () => {
    const vague = everything.filter(({ path }) => /(^|[/.-])(utils?|helpers?|misc|common)\.ts$/.test(path));
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  it('never switch the type checker off: no any, no non-null assertion, no suppression', () => {
    const untyped = found(everything, (node) => node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node));
    const suppressed = everything.filter(({ text }) => /(@ts|biome)-(ignore|nocheck|expect-error)/.test(text));
    expect([...untyped, ...suppressed.map(({ path }) => path)]).toEqual([]);
  });

  it('carry no notes of work undone', () => {
    const undone = everything.filter(({ text }) => /\b(TO(?=DO\b)|FIX(?=ME\b))/.test(text));
    expect(undone.map(({ path }) => path)).toEqual([]);
  });
});

describe('the tests', () => {
  it('all run: none is skipped, put off or run alone', () => {
    const specs = everything.filter(({ isTest }) => isTest);
    const partial =
      /^(x?(it|test|describe)|f(it|describe))(\.concurrent)?\.(skip|only|todo|failing)(\.each)?$|^(xit|xtest|xdescribe|fit|fdescribe)$/;
    expect(
      found(specs, (node, tree) => ts.isCallExpression(node) && partial.test(node.expression.getText(tree))),
    ).toEqual([]);
  });
});
