// `npm run check`: everything that can be told without running the product. Arguments name single checks:
// npm run check -- types imports
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { generateClientIfStale, nodeBinary } from './lib/prisma-client.mjs';

const root = join(import.meta.dirname, '..');
const contract = 'apps/api/openapi.json';
const installed = (path, ...args) => [join('node_modules', path), ...args];

// Slowest first: two run at a time.
const checks = [
  {
    name: 'openapi',
    what: 'the published contract and its client are those of the code',
    command: ['scripts/openapi.mjs', '--check'],
    remedy: 'npm run openapi, read the diff, and commit it',
  },
  {
    name: 'types',
    what: 'types',
    command: installed('typescript/bin/tsc', '-p', 'tsconfig.json'),
    remedy: 'correct the types; `any`, `!` and @ts-ignore are not accepted',
  },
  {
    name: 'migrations',
    what: 'the migrations make the schema',
    command: ['scripts/migration-author.mjs', '--check'],
    remedy: 'npm run dev:migrate -- <name_in_snake_case>, read the SQL, and commit it',
  },
  {
    name: 'imports',
    what: 'who may import whom',
    command: installed(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      'apps',
      'libs',
      'test',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
    ),
    remedy: 'each violation above says how; the rules are in .dependency-cruiser.cjs',
  },
  {
    name: 'spectral',
    what: 'the contract by OpenAPI and OWASP rules',
    command: installed(
      '@stoplight/spectral-cli/dist/index.js',
      'lint',
      contract,
      '--fail-severity',
      'warn',
      '--display-only-failures',
    ),
    remedy:
      'correct the decorators or apps/api/src/openapi, then npm run openapi; exceptions need a reason in .spectral.yaml',
  },
  {
    name: 'biome',
    what: 'format and lint',
    command: installed('@biomejs/biome/bin/biome', 'check', '.', '--max-diagnostics=50'),
    remedy: 'npx biome check --write . mends what can be mended',
  },
  {
    name: 'redocly',
    what: 'the contract by Redocly recommended-strict',
    command: installed('@redocly/cli/bin/cli.js', 'lint', contract, '--format', 'stylish'),
    remedy:
      'correct the decorators or apps/api/src/openapi, then npm run openapi; exceptions need a reason in redocly.yaml',
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`there is no check ${unknown.join(', ')}; there are ${checks.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const queue = wanted.length > 0 ? checks.filter(({ name }) => wanted.includes(name)) : [...checks];
const startedAt = performance.now();
const results = [];

generateClientIfStale();
await Promise.all([drain(), drain()]);
report();

async function drain() {
  for (let check = queue.shift(); check; check = queue.shift()) {
    console.log(`  ${check.name} …`);
    const result = { ...check, ...(await run(check.command)) };
    results.push(result);
    console.log(`${result.passed ? '✓' : '✗'} ${check.name} (${seconds(result.tookMs)})`);
    if (!result.passed) console.log(`\n${result.output.trim()}\n\n→ ${check.remedy}\n`);
  }
}

function run(command) {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(nodeBinary(), command, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', FORCE_COLOR: '0' },
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const finish = (passed) => resolve({ passed, output, tookMs: performance.now() - began });
    child.on('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

function report() {
  const order = checks.map(({ name }) => name);
  results.sort((left, right) => order.indexOf(left.name) - order.indexOf(right.name));
  const failed = results.filter(({ passed }) => !passed);
  console.log('');
  for (const { name, what, passed, tookMs } of results) {
    console.log(`${name.padEnd(11)} ${passed ? 'passed' : 'FAILED'}  ${seconds(tookMs).padStart(7)}  ${what}`);
  }
  console.log(
    `\n${results.length - failed.length} of ${results.length} checks passed in ${seconds(performance.now() - startedAt)}`,
  );
  for (const { name, remedy } of failed) console.log(`${name}: ${remedy}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
