import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateClientIfStale, nodeBinary } from './prisma-client.mjs';

const root = join(import.meta.dirname, '..', '..');

/** Runs Vitest, ends its output with the one line `N passed, N failed`, and gives the exit code. */
export function runTests(args, env) {
  generateClientIfStale();
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const report = join(root, '.tmp', `tests-${process.pid}.json`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(nodeBinary(), [vitest, 'run', ...reports, ...args], {
    cwd: root,
    env: { ...env, PATH: `${join(root, 'node_modules', '.bin')}:${env.PATH}` },
    stdio: 'inherit',
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
  const unseen = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: result.numPassedTests, failed: result.numFailedTests + unseen.length };
}
