import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { readDotEnv } from './dot-env.js';
import { expand, variablesIn } from './variable-expansion.js';

describe('a .env file', () => {
  it('is read line by line, quotes, comments and `export` understood', () => {
    const text = [
      '# a comment',
      'PLAIN=one two # trailing',
      'export EXPORTED = x',
      'SINGLE=\'a "b" $HOME\'',
      'DOUBLE="line\\nnext \\"q\\""',
      'EMPTY=',
      'PLAIN=last',
      'no line',
    ].join('\r\n');
    expect([...readDotEnv(text).values]).toEqual([
      ['PLAIN', 'last'],
      ['EXPORTED', 'x'],
      ['SINGLE', 'a "b" $HOME'],
      ['DOUBLE', 'line\nnext "q"'],
    ]);
  });

  it('tells the names that can be no variable’s, and never a value', () => {
    expect(readDotEnv('lower=secret\n../X=secret\nOK=1').refused).toEqual(['lower', '..?X']);
  });
});

describe('variables in a text', () => {
  const sources = {
    files: new Map([
      ['A', '$B'],
      ['B', 'file'],
    ]),
    instance: new Map([
      ['B', new Secret('instance')],
      ['C', new Secret('deep')],
    ]),
  };

  it('come from the folder first, then from the instance, and are replaced once', () => {
    expect(expand('${A}-$B-${C}', sources)).toEqual({ text: '$B-file-deep', missing: [], holdsInstanceSecret: true });
  });

  it('never come from the environment of the process', () => {
    expect(expand('${PATH} $HOME', sources).missing).toEqual(['PATH', 'HOME']);
  });

  it('are named by what refers to them', () => {
    expect(variablesIn('${A} $B $5 ${not-one}')).toEqual(['A', 'B']);
  });
});
