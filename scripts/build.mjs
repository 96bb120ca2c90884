// Generates the Prisma client and compiles the application into dist/.
import { execFileSync } from 'node:child_process';

const run = (file, ...args) => execFileSync(process.execPath, [file, ...args], { stdio: 'inherit' });
run('scripts/prisma-generate.mjs');
run('node_modules/@nestjs/cli/bin/nest.js', 'build');
