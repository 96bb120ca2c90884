import type { RegistryArgument, RegistryPackage } from '../registry-entry.schema.js';
import { runtimes } from '../registry-summary.js';
import { type InstallAnswers, type Piece, plain } from './install-answers.js';
import { findRuntimeFault, type RuntimeFlags, runtimeWords } from './runtime-arguments.js';

/** A command with its arguments, each one word of the command line: no shell reads them. */
export interface PackageCommand {
  command: string;
  args: Piece[][];
  env: Map<string, Piece[]>;
}

interface Runner {
  /** Executables that understand the arguments of the usual one. */
  alike: readonly string[];
  /** Names that are no option and no path. */
  identifier: RegExp;
  /** The registry that the executable asks by itself. */
  registry: RegExp;
  /** The package with its version, as the executable takes it; null when it would not be pinned to one. */
  pinned(one: RegistryPackage): string | null;
  /** Arguments before the publisher's; those of them that are repeated there are left out. */
  first: readonly string[];
  /** What the publisher may tell the executable beside. */
  flags: RuntimeFlags;
}

const version = /^[A-Za-z0-9][A-Za-z0-9.+_!-]*$/;

const runners: Readonly<Record<string, Runner>> = {
  npm: {
    alike: ['npx', 'bunx'],
    identifier: /^(@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/i,
    registry: /^https:\/\/registry\.npmjs\.(org|com)$/,
    pinned: ({ identifier, version: exact }) => (isExact(exact) ? `${identifier}@${exact}` : null),
    first: ['-y'],
    flags: { switches: ['-y', '--yes', '-q', '--quiet'], valued: [] },
  },
  pypi: {
    alike: ['uvx'],
    identifier: /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
    registry: /^https:\/\/(www\.)?pypi\.org(\/simple)?$/,
    pinned: ({ identifier, version: exact }) => (isExact(exact) ? `${identifier}==${exact}` : null),
    first: [],
    flags: { switches: ['-q', '--quiet', '--isolated'], valued: ['-p', '--python'] },
  },
  oci: {
    alike: ['docker', 'podman'],
    identifier: /^[a-z0-9][a-z0-9._:/-]*(@sha256:[a-f0-9]{64})?$/i,
    registry: /^https:\/\/[a-z0-9.-]+$/i,
    pinned: pinnedImage,
    first: ['run', '-i', '--rm'],
    flags: {
      switches: ['-i', '--interactive', '-t', '--tty', '--rm', '--init', '--read-only'],
      valued: ['-e', '--env', '-w', '--workdir', '-u', '--user', '--name', '--platform', '--pull', '-m', '--memory'],
    },
  },
};

/** Why a package cannot be started here, or null. */
export function packageFault(one: RegistryPackage): string | null {
  const runner = runnerOf(one);
  if (!runner) return `Packages of the kind ${one.registryType} are not started here; npm, pypi and oci are`;
  if (one.transport.type !== 'stdio') {
    return 'This package serves HTTP where it runs; run it there and register its address as an integration';
  }
  if (!runner.identifier.test(one.identifier)) return 'The identifier of the package is not one of its kind';
  if (one.registryBaseUrl !== '' && !runner.registry.test(one.registryBaseUrl.replace(/\/+$/, ''))) {
    return `The package comes from ${one.registryBaseUrl}, which is not the registry that ${runtimes[one.registryType]} asks`;
  }
  if (runner.pinned(one) === null) return 'The package names no exact version, so it could change unseen';
  const flag = findRuntimeFault(one.runtimeArguments, runner);
  if (flag === null) return null;
  return `The package wants ${runtimes[one.registryType]} to be told "${flag}", which may reach beyond the package or fetch another; register the server by hand if you want that`;
}

/** How a package that {@link packageFault} has nothing against is started. */
export function commandOf(one: RegistryPackage, answers: InstallAnswers): PackageCommand {
  const runner = runnerOf(one);
  const pinned = runner?.pinned(one);
  if (!runner || !pinned) throw new Error('the package was not checked');
  const env = new Map<string, Piece[]>();
  for (const template of one.environmentVariables) {
    const value = answers.fill({ name: template.name, template }, false);
    if (value !== null) env.set(template.name, value);
  }
  const own = one.runtimeArguments.flatMap((argument) => runtimeWords(argument, runner, answers));
  const args = [
    ...runner.first.map((word) => [plain(word)]),
    // A container gets only the variables that it is told of.
    ...(one.registryType === 'oci' ? [...env.keys()].flatMap((name) => [[plain('-e')], [plain(name)]]) : []),
    ...own,
    [plain(pinned)],
    ...one.packageArguments.flatMap((argument, place) => wordsOf(argument, `argument_${place}`, answers)),
  ];
  const usual = runtimes[one.registryType] ?? '';
  return { command: runner.alike.includes(one.runtimeHint) ? one.runtimeHint : usual, args, env };
}

// `--flag=value` for long flags, which also holds for values that begin with a dash; two words for short ones.
function wordsOf(argument: RegistryArgument, fallback: string, answers: InstallAnswers): Piece[][] {
  const { type, name: flag, valueHint, format } = argument;
  const name = flag || valueHint || fallback;
  const value = answers.fill({ name, template: argument }, false);
  if (value === null) return [];
  if (type === 'positional') return [value];
  const text = value.map((piece) => piece.text).join('');
  if (format === 'boolean' || text === '') return text === 'false' ? [] : [[plain(flag)]];
  return flag.startsWith('--') ? [[plain(`${flag}=`), ...value]] : [[plain(flag)], value];
}

function runnerOf({ registryType }: RegistryPackage): Runner | undefined {
  return Object.hasOwn(runners, registryType) ? runners[registryType] : undefined;
}

function isExact(text: string): boolean {
  return version.test(text) && text !== 'latest';
}

function pinnedImage({ identifier, version: tag }: RegistryPackage): string | null {
  const last = identifier.split('/').at(-1) ?? '';
  if (identifier.includes('@sha256:')) return identifier;
  if (last.includes(':')) return last.endsWith(':latest') ? null : identifier;
  return isExact(tag) ? `${identifier}:${tag}` : null;
}
