import type { ManifestFault } from './manifest-faults.js';

// They would fetch and run what is newest, or read their arguments as a program.
const refusedCommands = new Set(
  'bunx pnpm yarn npm pipx uv bun sh bash dash zsh fish ksh cmd cmd.exe powershell pwsh env eval'.split(' '),
);

const npmPackage = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*@\d+\.\d+\.\d+(?:-[\w.]+)?$/i;
const pythonPackage = /^[A-Za-z0-9][\w.-]*(?:\[[\w,-]+\])?(?:==|@)\d+(?:\.\d+)+(?:[a-z]+\d+)?$/;

/**
 * What is wrong with the command of a stdio server. Packages that are fetched when the server starts must name their exact
 * version: otherwise whoever can publish one runs code with the credentials of the installation.
 */
export function findCommandFaults(command: string, args: readonly string[]): ManifestFault[] {
  const name = command.split('/').at(-1) ?? '';
  if (refusedCommands.has(name.toLowerCase())) {
    return [{ path: 'mcp.command', message: `"${name}" is not allowed; name the server itself, npx or uvx` }];
  }
  if (name === 'npx') return unpinned(args, ['-p', '--package'], npmPackage, 'name@1.2.3');
  if (name === 'uvx') return unpinned(args, ['--from', '--with'], pythonPackage, 'name==1.2.3');
  return [];
}

function unpinned(args: readonly string[], options: readonly string[], form: RegExp, example: string): ManifestFault[] {
  const packages: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    const [option = '', value] = argument.split('=', 2);
    if (options.includes(option)) packages.push(value ?? args[++index] ?? '');
    else if (!argument.startsWith('-')) {
      // The first plain argument is the package, or a program of one named before.
      if (packages.length === 0) packages.push(argument);
      break;
    }
  }
  if (packages.length === 0) return [{ path: 'mcp.args', message: `must name a package with its version, ${example}` }];
  return packages
    .filter((name) => !form.test(name))
    .map((name) => ({ path: 'mcp.args', message: `"${name}" must name its exact version, ${example}` }));
}
