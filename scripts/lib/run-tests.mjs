import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateClientIfStale, nodeBinary } from './prisma-client.mjs';

const root = join(import.meta.dirname, '..', '..');

/** Runs jest, ends its output with the one line `N passed, N failed`, and gives the exit code. */
export function runTests(args, env) {
  generateClientIfStale();
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const report = join(root, '.tmp', `jest-${process.pid}.json`);
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { status } = spawnSync(nodeBinary(), [...flags, jest, '--json', `--outputFile=${report}`, ...args], {
    cwd: root,
    env: { ...env, PATH: `${join(root, 'node_modules', '.bin')}:${env.PATH}` },
    // The report goes to its file; without this jest would print it a second time.
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  const { passed, failed } = countsOf(report);
  rmSync(report, { force: true });
  console.log(`${passed} passed, ${failed === 0 && status !== 0 ? 1 : failed} failed`);
  return status === 0 && failed === 0 ? 0 : 1;
}

// A file that could not even be loaded counts as one failure: none of its tests were seen.
function countsOf(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites };
}
