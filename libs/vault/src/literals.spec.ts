import { describe, expect, it } from 'vitest';
import { type AppError, Secret } from '#kernel';
import {
  earlierLiterals,
  extractLiterals,
  type LiteralOwner,
  type LiteralTexts,
  listPlaceholders,
  maskPlaceholders,
  mergeLiterals,
  packLiterals,
  renderTemplate,
  unpackLiterals,
} from './index.js';

const owner: LiteralOwner = { kind: 'workspace', rowId: 'srv1' };
const json = (value: unknown) => JSON.stringify(value);
const revealed = (literals: ReadonlyMap<string, Secret>) =>
  Object.fromEntries([...literals].map(([path, secret]) => [path, secret.reveal()]));

function faultsOf(texts: LiteralTexts, ...rest: [LiteralOwner?, { hasPath(path: string): boolean }?]): unknown[] {
  try {
    extractLiterals(texts, rest[0] ?? owner, rest[1]);
  } catch (error) {
    return (error as AppError).fields.map(({ field, code }) => [field, code]);
  }
  return [];
}

describe('extractLiterals', () => {
  it('takes secrets out of the environment, headers and the rest, and leaves all else as it was', () => {
    const env_json = json({
      GITHUB_TOKEN: 'canary1',
      LOG_LEVEL: 'debug',
      REF: '{{credential:x}}',
      TOKEN: '{{credential:y}}',
    });
    const config_json = json({
      headers: { Authorization: 'Bearer canary2', 'X-Team': 'blue' },
      oauth: { client_id: 'abc', client_secret: 'canary3', scopes: ['read'] },
      credentials: { user: 'bob', value: 'canary4', 'a.b': 'canary5', '': 'canary6' },
      tokens: ['canary7'],
      retries: 3,
      note: null,
    });
    const result = extractLiterals({ env_json, config_json }, owner);

    expect(revealed(result.literals)).toEqual({
      'env:GITHUB_TOKEN': 'canary1',
      'headers:authorization': 'Bearer canary2',
      'config:oauth.client_secret': 'canary3',
      'config:credentials.value': 'canary4',
      'config:credentials.a%2Eb': 'canary5',
      'config:credentials.%': 'canary6',
      'config:tokens.0': 'canary7',
    });
    expect(`${result.env_json}${result.config_json}`).not.toContain('canary');
    expect(JSON.parse(maskPlaceholders(result.env_json ?? ''))).toEqual({
      ...JSON.parse(env_json),
      GITHUB_TOKEN: '***',
    });
    expect(JSON.parse(maskPlaceholders(result.config_json ?? ''))).toEqual({
      headers: { Authorization: '***', 'X-Team': 'blue' },
      oauth: { client_id: 'abc', client_secret: '***', scopes: ['read'] },
      credentials: { user: 'bob', value: '***', 'a.b': '***', '': '***' },
      tokens: ['***'],
      retries: 3,
      note: null,
    });
  });

  it('names row and path in each placeholder, so that it can be opened after levels were merged', () => {
    const { env_json } = extractLiterals({ env_json: json({ A_TOKEN: 'x' }) }, { kind: 'crew', rowId: 'c-9_Z' });
    expect(env_json).toBe('{"A_TOKEN":"{{sealed:crew:c-9_Z:env:A_TOKEN}}"}');
    expect(listPlaceholders(env_json ?? '')).toEqual([
      { owner: { kind: 'crew', rowId: 'c-9_Z' }, path: 'env:A_TOKEN' },
    ]);
  });

  it('keeps texts without secrets byte for byte, and says which columns were given', () => {
    const env_json = '{ "B" : "1",\n "A":"\\u0061" }';
    expect(extractLiterals({ env_json, config_json: null }, owner)).toMatchObject({ env_json, config_json: null });
    expect(extractLiterals({ config_json: '' }, owner)).toMatchObject({
      env_json: undefined,
      config_json: '',
      given: { env: false, config: true },
    });
  });

  it('keeps the earlier value of what is sent back masked, also when a header changes its case', () => {
    const first = extractLiterals(
      { env_json: json({ TOKEN: 'one', KEY: 'two' }), config_json: json({ headers: { Authorization: 'Bearer x' } }) },
      owner,
    );
    const sent = {
      env_json: json({ TOKEN: '***', KEY: 'new' }),
      config_json: json({ headers: { authorization: '***' } }),
    };
    const second = extractLiterals(sent, owner, earlierLiterals(first, owner));
    expect([...second.kept]).toEqual(['env:TOKEN', 'headers:authorization']);
    expect(revealed(mergeLiterals(first.literals, second))).toEqual({
      'env:TOKEN': 'one',
      'env:KEY': 'new',
      'headers:authorization': 'Bearer x',
    });
  });

  it('forgets what was left out or cleared, and keeps what the request did not touch', () => {
    const earlier = new Map([
      ['env:TOKEN', new Secret('e')],
      ['headers:authorization', new Secret('h')],
      ['config:oauth.client_secret', new Secret('c')],
    ]);
    const pathsAfter = (texts: LiteralTexts) =>
      Object.keys(revealed(mergeLiterals(earlier, extractLiterals(texts, owner))));
    expect(pathsAfter({})).toEqual([...earlier.keys()]);
    expect(pathsAfter({ env_json: '{}' })).toEqual(['headers:authorization', 'config:oauth.client_secret']);
    expect(pathsAfter({ config_json: null })).toEqual(['env:TOKEN']);
  });

  it('refuses *** without an earlier value of that very row and path, naming the field', () => {
    const stored = extractLiterals({ env_json: json({ TOKEN: 'one' }) }, { kind: 'workspace', rowId: 'other' });
    const previous = earlierLiterals(stored, owner);
    const texts = {
      env_json: json({ TOKEN: '***' }),
      config_json: json({ headers: { 'X-Key': '***' }, a: { pin: '***' } }),
    };
    expect(faultsOf(texts, owner, previous)).toEqual([
      ['env_json.TOKEN', 'nothing_to_keep'],
      ['config_json.headers.X-Key', 'nothing_to_keep'],
      ['config_json.a.pin', 'nothing_to_keep'],
    ]);
    expect(
      faultsOf({ env_json: json({ RENAMED_TOKEN: '***' }) }, owner, { hasPath: (path) => path === 'env:TOKEN' }),
    ).toEqual([['env_json.RENAMED_TOKEN', 'nothing_to_keep']]);
  });

  it.each([
    ['as text', '{"A":"{{sealed:workspace:victim:env:TOKEN}}"}'],
    ['with escaped braces', String.raw`{"A":"\u007b\u007bsealed:workspace:victim:env:TOKEN\u007d\u007d"}`],
    ['inside other text', '{"A":"x {{sealed:workspace:victim:env:TOKEN}} y"}'],
  ])('lets nobody read another row by sending its placeholder %s', (_how, text) => {
    expect(faultsOf({ env_json: text })).toEqual([['env_json.A', 'reference_reserved']]);
    expect(faultsOf({ config_json: text })).toEqual([['config_json.A', 'reference_reserved']]);
  });

  it('refuses malformed references in values and keys, all in one answer', () => {
    const texts = {
      env_json: json({ A: '{{credential:}}', B: '{{foo:x}}' }),
      config_json: json({ '{{sealed:x}}': 1, list: ['{{credential:a'], headers: { X: '{{credential:a' } }),
    };
    expect(faultsOf(texts)).toEqual([
      ['env_json.A', 'reference_empty_name'],
      ['env_json.B', 'reference_unknown'],
      ['config_json.{{sealed:x}}', 'reference_reserved'],
      ['config_json.list.0', 'reference_unclosed'],
      ['config_json.headers.X', 'reference_unclosed'],
    ]);
  });

  it('refuses a secret written beside a reference, which would be shown, but not what merely frames one', () => {
    expect(faultsOf({ env_json: json({ DSN: 'postgres://u:pw@h/{{credential:db}}' }) })).toEqual([
      ['env_json.DSN', 'mixed_secret'],
    ]);
    const framed = {
      env_json: json({ DSN: 'postgres://u:{{credential:pw}}@h/db', URL: 'https://h?api_key={{credential:k}}' }),
      config_json: json({ headers: { Authorization: 'Bearer {{credential:t}}' } }),
    };
    expect(extractLiterals(framed, owner)).toMatchObject({ ...framed, literals: new Map() });
  });

  it("reads a binding's override as a patch and names its column", () => {
    const binding: LiteralOwner = { kind: 'binding', rowId: 'b1' };
    const result = extractLiterals({ config_json: json({ headers: { 'X-Key': 'canary', 'X-Old': null } }) }, binding);
    expect(result.config_json).toBe('{"headers":{"X-Key":"{{sealed:binding:b1:headers:x-key}}","X-Old":null}}');
    expect(faultsOf({ config_json: json({ key: '***' }) }, binding)).toEqual([
      ['config_override_json.key', 'nothing_to_keep'],
    ]);
  });

  it('refuses what would be too long to be read again once placeholders are in it', () => {
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`T${n}_TOKEN`, 'x']));
    expect(faultsOf({ env_json: json(many) })).toEqual([['env_json', 'too_long']]);
  });

  it('is undone by rendering with the literals', () => {
    const { env_json, literals } = extractLiterals({ env_json: json({ TOKEN: 'a"b\\{{c' }) }, owner);
    const stored: Record<string, string> = JSON.parse(env_json ?? '');
    const result = renderTemplate(stored.TOKEN ?? '', {
      credential: () => undefined,
      sealed: ({ path }) => literals.get(path),
    });
    expect(result.ok && result.value.reveal()).toBe('a"b\\{{c');
  });
});

describe('maskPlaceholders', () => {
  it('hides every placeholder, passes null and returns other text itself', () => {
    const text = '{"A":"{{sealed:crew:c1:env:A}}","B":"{{sealed:workspace:w1:config:a%2Eb.0}} {{credential:x}}"}';
    expect(maskPlaceholders(text)).toBe('{"A":"***","B":"*** {{credential:x}}"}');
    expect(maskPlaceholders(null)).toBeNull();
    expect(maskPlaceholders('{"A":"1"}')).toBe('{"A":"1"}');
  });
});

describe('packed literals', () => {
  it('come back as they were', () => {
    const literals = new Map([
      ['env:A', new Secret('')],
      ['config:a%2Eb.0', new Secret('"\\\n🔑')],
    ]);
    expect(revealed(unpackLiterals(packLiterals(literals)))).toEqual(revealed(literals));
  });

  it.each(['canary, not JSON', '[]', '{"env:A":1,"canary":2}', 'null'])(
    'are refused when broken, without a quote of %s',
    (text) => {
      const unpack = () => unpackLiterals(new Secret(text));
      expect(unpack).toThrow(
        expect.objectContaining({ code: 'vault.unreadable', cause: expect.objectContaining({ reason: 'malformed' }) }),
      );
    },
  );
});
