import type { RegistryArgument } from '../registry-entry.schema.js';
import { type InstallAnswers, type Piece, plain } from './install-answers.js';

/** Flags of an executable that neither name another package or place to fetch from, nor reach out of a container. */
export interface RuntimeFlags {
  /** They stand alone: a word after one would be taken for the package. */
  switches: readonly string[];
  /** They take a value. */
  valued: readonly string[];
}

interface Rules {
  flags: RuntimeFlags;
  /** Arguments that are given in any case. */
  first: readonly string[];
}

/** The first of a publisher's arguments for the executable that may not be passed on; null when all may. */
export function findRuntimeFault(given: readonly RegistryArgument[], rules: Rules): string | null {
  const fault = given.find((argument) => !mayPass(argument, rules));
  if (!fault) return null;
  return (fault.type === 'named' ? fault.name : (fault.value ?? fault.valueHint)).slice(0, 60);
}

/** The words of an argument that {@link findRuntimeFault} has nothing against; none when it is given anyway or has no value. */
export function runtimeWords(argument: RegistryArgument, { flags, first }: Rules, answers: InstallAnswers): Piece[][] {
  const word = argument.type === 'named' ? argument.name : (argument.value ?? '');
  if (first.includes(word)) return [];
  if (argument.type === 'positional' || flags.switches.includes(word)) return [[plain(word)]];
  const value = answers.fill({ name: word, template: argument }, false);
  // An empty value would make the next word its value, and the word after that the package.
  if (value === null || value.every(({ text }) => text === '')) return [];
  return word.startsWith('--') ? [[plain(`${word}=`), ...value]] : [[plain(word)], value];
}

function mayPass({ type, name, value, format }: RegistryArgument, { flags, first }: Rules): boolean {
  if (type === 'named') {
    if (flags.valued.includes(name)) return true;
    return flags.switches.includes(name) && (value === null || value === '' || format === 'boolean');
  }
  if (value === null) return false;
  const [flag = '', own = ''] = value.split(/=(.*)/s);
  return first.includes(value) || flags.switches.includes(value) || (own !== '' && flags.valued.includes(flag));
}
