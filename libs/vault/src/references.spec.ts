import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import {
  credentialNamesIn,
  hasReference,
  listMalformed,
  listReferences,
  placeholderOf,
  type RenderResult,
  renderTemplate,
  type TemplateValues,
} from './index.js';

const longest = 'n'.repeat(255);

const valuesOf = (credentials: Record<string, string>): TemplateValues => ({
  credential: (name) => {
    const value = Object.hasOwn(credentials, name) ? credentials[name] : undefined;
    return value === undefined ? undefined : new Secret(value);
  },
  sealed: ({ owner, path }) => (owner.rowId === 's1' && path === 'env:A' ? new Secret('opened') : undefined),
});
const shown = (result: RenderResult) => (result.ok ? result.value.reveal() : { missing: result.missing });

describe('references', () => {
  it.each([
    ['{{credential:github-token}}', ['github-token']],
    ['Bearer {{credential:a}}, {{credential:b}} {{credential:a}}', ['a', 'b', 'a']],
    ['{{ credential : My token (prod), "quoted" }}', ['My token (prod), "quoted"']],
    ['{{credential:schlüssel 🔑}}', ['schlüssel 🔑']],
    ['{{{credential:a}}}', ['a']],
    ['{"x":{"y":{{credential:a}}}}', ['a']],
    ['{{credential:a:b}}', ['a:b']],
    [`{{credential:${longest}}}`, [longest]],
    [`{{credential:${'🔑'.repeat(255)}}}`, ['🔑'.repeat(255)]],
    // Other tools' templates and plain braces are nobody's references.
    [`{{foo}} {{ }} {{}} $\{{ secrets.X }} {{#if a}} {{a: 1}, {b: 2}}`, []],
    ['{credential:a} { {credential:a} } }}', []],
  ])('finds in %s the names %j and no fault', (text, names) => {
    expect(listReferences(text).map((reference) => reference.name)).toEqual(names);
    expect(listMalformed(text)).toEqual([]);
    expect(hasReference(text)).toBe(names.length > 0);
  });

  it.each([
    ['{{credential:}}', 0, 'empty_name'],
    ['{{credential:   }}', 0, 'empty_name'],
    ['ab {{credential:a', 3, 'unclosed'],
    ['{{credential:a} rest', 0, 'unclosed'],
    ['{{credential:a{b}}', 0, 'unclosed'],
    ['{{credential}}', 0, 'no_colon'],
    ['{{credential github}}', 0, 'no_colon'],
    ['{{credentials:a}}', 0, 'unknown'],
    ['{{Credential:a}}', 0, 'unknown'],
    ['{{foo:bar}}', 0, 'unknown'],
    ['{{credential:a\nb}}', 0, 'control_character'],
    [`{{credential:${longest}n}}`, 0, 'name_too_long'],
    ['{{sealed:workspace:s1:env:A}}', 0, 'reserved'],
    ['{{ sealed : x }}', 0, 'reserved'],
    ['{{SEALED:x}}', 0, 'unknown'],
  ])('says of %s where it is wrong and what to write instead', (text, position, fault) => {
    const [found, ...more] = listMalformed(text);
    expect(found).toMatchObject({ position, fault });
    expect(found?.message).toContain(`at character ${position + 1} `);
    expect(found?.message).toContain('write {{credential:name}}');
    expect(more).toEqual([]);
  });

  it('sees a good reference beside a bad one', () => {
    const text = '{{credential:a {{credential:b}}';
    expect(listReferences(text)).toEqual([{ name: 'b', position: 15 }]);
    expect(listMalformed(text).map((found) => found.fault)).toEqual(['unclosed']);
  });

  it('reads the strings of a JSON value, where names need no escaping', () => {
    const value = JSON.parse(
      String.raw`{"a":"{{credential:q\"q}}","b":["\u007b{credential:c}}",1],"{{credential:k}}":null}`,
    );
    expect(credentialNamesIn(value)).toEqual(['q"q', 'c']);
  });
});

describe('rendering', () => {
  it.each([
    ['Bearer {{credential:a}}!', 'Bearer A!'],
    ['{{credential:a}}{{ credential: a }}', 'AA'],
    ['{{sealed:workspace:s1:env:A}}', 'opened'],
    ['$& {{credential:dollar}}', '$& $1$&'],
    ['{{foo}} {{foo:bar}}', '{{foo}} {{foo:bar}}'],
    ['plain', 'plain'],
    ['{{credential:empty}}', ''],
  ])('turns %s into %s', (text, expected) => {
    expect(shown(renderTemplate(text, valuesOf({ a: 'A', dollar: '$1$&', empty: '' })))).toBe(expected);
  });

  it('inserts values literally, whatever references or placeholders they spell', () => {
    const values = valuesOf({ x: '{{credential:y}}{{sealed:workspace:s1:env:A}}', y: 'SECRET', half: '{{credential:' });
    expect(shown(renderTemplate('{{credential:x}}', values))).toBe('{{credential:y}}{{sealed:workspace:s1:env:A}}');
    expect(shown(renderTemplate('{{credential:half}}y}}', values))).toBe('{{credential:y}}');
  });

  it('gives no text at all, only what is missing, when one reference has no value', () => {
    const text = '{{credential:a}} {{credential:gone}} {{credential:gone}} {{sealed:crew:s1:env:B}} {{credential:}}';
    const result = renderTemplate(text, valuesOf({ a: 'canary' }));
    expect(shown(result)).toEqual({
      missing: ['{{credential:gone}}', '{{sealed:crew:s1:env:B}}', '{{credential:}}'],
    });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  it('loses or invents no character of any text', () => {
    const piece = fc.constantFrom('{', '}', '{{', '}}', 'credential', 'sealed', ':', ' ', 'a', '\n', '🔑', 'foo:');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const asWritten = { credential: () => new Secret('\u0001'), sealed: () => new Secret('\u0001') };
        const result = renderTemplate(text, asWritten);
        if (listReferences(text).length > 0 || !result.ok) return;
        expect(result.value.reveal().replaceAll('\u0001', '')).toBe(text.replaceAll(/\{\{sealed:[^{}]*\}\}/g, ''));
      }),
      { numRuns: 500 },
    );
  });

  it.each([['{{credential:'], ['{{'], ['{{a:{'], ['{{ '], ['{{credential: }']])(
    'reads 64 KiB of %s without delay',
    (piece) => {
      const text = piece.repeat(65_536 / piece.length);
      const startedAt = performance.now();
      listMalformed(text);
      expect(performance.now() - startedAt).toBeLessThan(500);
    },
  );

  it('makes no placeholder that could not be read again', () => {
    expect(() => placeholderOf({ owner: { kind: 'crew', rowId: 'a}}b' }, path: 'env:A' })).toThrow('bad row id');
  });
});
