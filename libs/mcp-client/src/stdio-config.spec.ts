import { describe, expect, it } from 'vitest';
import { Egress, EgressPolicy } from '#egress';
import { findEnvFault, parseArgs, probeServer, splitCommandLine } from './index.js';

const egress = new Egress(EgressPolicy.strict);

async function verdict(command: string | null, argsJson: string | null = null) {
  const { status, message } = await probeServer({ transport: 'stdio', command, argsJson }, { egress });
  return status === 'ok' ? 'ok' : message;
}

const launchLine =
  'command looks like a full launch line; put only the executable in command and its arguments in args_json';
const badArgs = 'args_json is not a valid JSON array of strings';

describe('a stdio server', () => {
  it.each([null, '', '   ', '""'])('without a command (%j) has none configured', async (command) => {
    expect(await verdict(command)).toBe('stdio server has no command configured');
  });

  it.each(['npx -y server', 'sh -c "rm -rf /"', 'node --eval 1', '"/opt/my tool" --x', 'a\tb'])(
    'whose command is %j gets its arguments in the wrong place',
    async (command) => {
      expect(await verdict(command)).toBe(launchLine);
    },
  );

  it.each([
    'npx',
    '/usr/bin/node',
    '"/opt/my tools/server"',
    "'/opt/my tools/server'",
    '/opt/my\\ tools/server',
    'a;b',
    '$(x)',
  ])('whose command is the one word %j is well formed', async (command) => {
    expect(await verdict(command)).toBe('ok');
  });

  it('whose command leaves a quote open says so', async () => {
    expect(await verdict('"npx')).toBe('command has a quote or backslash that is not closed');
  });

  it.each(['{}', '"-y"', '[1]', '["a", null]', '[', 'null', '["a\\u0000"]'])(
    'with the arguments %s is malformed',
    async (args) => {
      expect(await verdict('npx', args)).toBe(badArgs);
    },
  );

  it.each([null, '', ' ', '[]', '["-y", "a b"]'])('with the arguments %j is well formed', async (args) => {
    expect(await verdict('npx', args)).toBe('ok');
  });
});

describe('splitCommandLine', () => {
  it.each<[string, string[] | null]>([
    ['a "b c" d', ['a', 'b c', 'd']],
    ['a"b"\'c\'d', ['abcd']],
    ["'a\\b'", ['a\\b']],
    ['"a\\"b"', ['a"b']],
    ["a ''", ['a', '']],
    ["'open", null],
    ['end\\', null],
  ])('splits %j into %j', (text, words) => {
    expect(splitCommandLine(text)).toEqual(words);
  });
});

describe('parseArgs', () => {
  it('gives the arguments literally, so that nothing is left to a shell', () => {
    expect(parseArgs('["$(id)", "; rm -rf /"]')).toEqual(['$(id)', '; rm -rf /']);
  });
});

describe('findEnvFault', () => {
  it.each([
    'NODE_OPTIONS',
    'LD_PRELOAD',
    'PATH',
    'Path',
    'PYTHONPATH',
    'BASH_ENV',
    'DYLD_INSERT_LIBRARIES',
    'GIT_SSH_COMMAND',
  ])('refuses %s, which makes the command run something else', (name) => {
    expect(findEnvFault(JSON.stringify({ [name]: 'canary' }))).toBe(
      `env_json may not set ${name}, which changes what the command runs`,
    );
  });

  it.each(['[]', '{"A":1}', '{', 'null', '{"A B":"x"}', '{"":"x"}', '{"1A":"x"}', '{"A":"x\\u0000"}'])(
    'refuses %s',
    (text) => {
      expect(findEnvFault(text)).toEqual(expect.any(String));
    },
  );

  it.each([null, '', '{}', '{"GITHUB_TOKEN":"{{credential:gh}}","PYTHONUNBUFFERED":"1"}'])('accepts %j', (text) => {
    expect(findEnvFault(text)).toBeNull();
  });
});
