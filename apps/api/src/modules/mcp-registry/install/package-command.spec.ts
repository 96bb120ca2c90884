import { describe, expect, it } from 'vitest';
import { packagesSchema, type RegistryPackage } from '../registry-entry.schema.js';
import { InstallAnswers } from './install-answers.js';
import { commandOf, packageFault } from './package-command.js';

function packageOf(values: object): RegistryPackage {
  const [one] = packagesSchema.parse([{ registryType: 'npm', identifier: 'server', version: '1.0.0', ...values }]);
  if (!one) throw new Error('the package cannot be read');
  return one;
}

function lineOf(values: object, given: Record<string, string> = {}): string[] {
  const { command, args } = commandOf(packageOf(values), new InstallAnswers(given));
  return [command, ...args.map((word) => word.map(({ text }) => text).join(''))];
}

describe('starting a package', () => {
  it('writes long flags with their value in one word and short ones in two', () => {
    const packageArguments = [
      { type: 'named', name: '--port', value: '8080' },
      { type: 'named', name: '-d', value: '-1' },
      { type: 'positional', valueHint: 'folder' },
    ];
    const line = lineOf({ packageArguments }, { folder: '/a b; rm -rf $(x)' });
    expect(line).toEqual(['npx', '-y', 'server@1.0.0', '--port=8080', '-d', '-1', '/a b; rm -rf $(x)']);
  });

  it('writes a switch as a flag alone, and not at all when it is off or not given', () => {
    const flag = { type: 'named', name: '--verbose', format: 'boolean' };
    const packageArguments = [flag, { ...flag, name: '--quiet' }, { ...flag, name: '--trace' }];
    const line = lineOf({ packageArguments }, { '--verbose': 'true', '--quiet': 'false' });
    expect(line.slice(3)).toEqual(['--verbose']);
  });

  it('fills declared variables and leaves other braces as they are', () => {
    const variables = { source: { isRequired: true } };
    const runtimeArguments = [
      { type: 'named', name: '-e', value: 'ROOT={source}/{other}', variables },
      { type: 'named', name: '--user', value: '{nobody}', variables: { nobody: { default: '' } } },
    ];
    const image = { registryType: 'oci', identifier: 'ghcr.io/a/b', runtimeHint: 'podman', runtimeArguments };
    expect(lineOf(image, { source: '/home/x' })).toEqual([
      'podman',
      'run',
      '-i',
      '--rm',
      '-e',
      'ROOT=/home/x/{other}',
      'ghcr.io/a/b:1.0.0',
    ]);
  });

  it('runs what understands the package, whatever its publisher hints at', () => {
    expect(lineOf({ runtimeHint: 'sh -c evil' })[0]).toBe('npx');
    expect(lineOf({ runtimeHint: 'bunx' })[0]).toBe('bunx');
  });

  it('does not repeat what the publisher repeats', () => {
    const runtimeArguments = [
      { type: 'positional', value: '-y' },
      { type: 'positional', value: '--quiet' },
    ];
    expect(lineOf({ runtimeArguments })).toEqual(['npx', '-y', '--quiet', 'server@1.0.0']);
  });
});

describe('what cannot be started', () => {
  it.each([
    ['another kind', { registryType: 'cargo' }],
    ['a kind that is a member of every object', { registryType: 'constructor' }],
    ['a server that speaks HTTP', { transport: { type: 'streamable-http', url: 'http://localhost/mcp' } }],
    ['an identifier that is an option', { identifier: '-c' }],
    ['an identifier that is a path', { identifier: '../evil' }],
    ['an identifier that is a URL', { identifier: 'https://evil.example/x.tgz' }],
    ['no version', { version: '' }],
    ['the latest version', { version: 'latest' }],
    ['a range', { version: '^1.0.0' }],
    ['another registry', { registryBaseUrl: 'https://npm.evil.example' }],
    ['an image without a tag', { registryType: 'oci', identifier: 'a/b', version: '' }],
    ['an image by its latest tag', { registryType: 'oci', identifier: 'a/b:latest' }],
    ['another package before it', { runtimeArguments: [{ type: 'positional', value: 'evil' }] }],
    ['a command in its place', { runtimeArguments: [{ type: 'named', name: '--call', value: 'sh -c id' }] }],
    ['a further package', { runtimeArguments: [{ type: 'positional', value: '--package=evil' }] }],
    ['a word after a switch', { runtimeArguments: [{ type: 'named', name: '-y', value: 'evil' }] }],
    ['a word of the one who installs', { runtimeArguments: [{ type: 'positional', valueHint: 'anything' }] }],
    ['another index', { registryType: 'pypi', runtimeArguments: [{ type: 'named', name: '--index-url', value: 'x' }] }],
    [
      'a folder of the host',
      { registryType: 'oci', identifier: 'a/b', runtimeArguments: [{ type: 'named', name: '-v', value: '/:/host' }] },
    ],
    [
      'no container at all',
      { registryType: 'oci', identifier: 'a/b', runtimeArguments: [{ type: 'positional', value: '--privileged' }] },
    ],
  ])('%s', (_, values) => {
    expect(packageFault(packageOf(values))).toEqual(expect.any(String));
  });

  it('is nothing of these', () => {
    const digest = `docker.io/a/b@sha256:${'a'.repeat(64)}`;
    const fine = [
      { identifier: '@scope/name', registryBaseUrl: 'https://registry.npmjs.org/' },
      { registryType: 'pypi', identifier: 'mcp-server_x', version: '1.0.0.post1' },
      { registryType: 'oci', identifier: digest, version: '' },
      { registryType: 'oci', identifier: 'localhost:5000/a/b:1.0' },
    ];
    expect(fine.map((values) => packageFault(packageOf(values)))).toEqual([null, null, null, null]);
  });
});
