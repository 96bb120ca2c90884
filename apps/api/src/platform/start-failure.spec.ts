import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '#config';
import { startFailure } from './start-failure.js';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
const config = loadConfig({ DATA_DIR: folder, PORT: '8080' });

afterAll(() => rmSync(folder, { recursive: true }));

describe('startFailure', () => {
  it('says which port is taken and what to do, from the error that listening really gives', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => first.once('listening', resolve));
    const second = createServer().listen(first.address());
    const error = await new Promise((resolve) => second.once('error', resolve));
    first.close();
    expect(startFailure(error, config)).toBe(
      'Another program listens on 127.0.0.1:8080 already. Stop it, or give this one another port with PORT.',
    );
  });

  it('hands on an unexpected error as it is, stack and all', () => {
    const error = Object.assign(new Error('connect EACCES'), { code: 'EACCES', syscall: 'connect' });
    expect(startFailure(error, config)).toBe(error);
  });
});
