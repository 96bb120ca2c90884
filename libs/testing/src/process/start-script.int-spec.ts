import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const product = `
  const alive = setInterval(() => undefined, 1000);
  process.once('SIGTERM', () => { clearInterval(alive); console.log('drained'); });
  console.log('up ' + process.version);`;

let root: string;
let started: ChildProcess | null;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'start-'));
  started = null;
  for (const name of ['scripts', 'package.json']) cpSync(name, join(root, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'dist/apps/api/src'), { recursive: true });
  writeFileSync(join(root, 'dist/apps/api/src/main.js'), product);
});

afterEach(() => {
  started?.kill('SIGKILL');
  rmSync(root, { recursive: true });
});

describe('npm start', () => {
  it('runs the product on Node 24, passes SIGTERM on, and waits until it has drained', async () => {
    const run = start('npm', ['start']);
    await run.seen('up v24.');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('drained');
  });

  it('leaves no product behind when npm is killed', async () => {
    const run = start('npm', ['start']);
    await run.seen('up v24.');
    run.child.kill('SIGKILL');
    await run.seen('drained');
  });

  it('works on the Node of the machine as well, whatever its version', async () => {
    const own = existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath;
    const run = start(own, ['scripts/start.mjs']);
    await run.seen('up v24.');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('drained');
  });
});

function start(command: string, args: readonly string[]) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  started = child;
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const seen = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => (output.includes(text) ? resolve() : undefined);
      child.stdout.on('data', look);
      look();
    });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, ended, seen, output: () => output };
}
