import { defineErrors } from '#kernel';

/** One variable that stops the start. */
export interface VariableProblem {
  variable: string;
  /** What is wrong, as the rest of a sentence that starts with the variable. Never holds the value. */
  wrong: string;
  example: string;
}

/** What stops the process before it serves anything. */
export const configErrors = defineErrors('config', {
  invalid: { kind: 'internal', message: 'The environment cannot be used:\n{problems}' },
  keyLost: {
    kind: 'internal',
    message:
      '{dataDir} holds a database, but the encryption key that its secrets were sealed with is missing. ' +
      'Set ENCRYPTION_KEY to that key, or restore {file}. A new key would make every stored secret unreadable.',
  },
  secretFile: {
    kind: 'internal',
    message: 'The secret in {file} is damaged: {wrong}. Restore the file, or set {variable} instead.',
  },
});

/** One line for each problem: the variable, what is wrong and what a right value looks like. */
export function describeProblems(problems: readonly VariableProblem[]): string {
  return problems.map((each) => `  - ${each.variable} ${each.wrong}. Example: ${each.example}`).join('\n');
}
