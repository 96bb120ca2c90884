import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const loader = join(import.meta.dirname, 'typescript-loader.mjs');
const follow = join(import.meta.dirname, '../../../../scripts/lib/follow-launcher.mjs');
const main = join(import.meta.dirname, '../../../../apps/api/src/main.ts');

/** The product as a process of its own, for what only a second process can show: races, kills, starts. */
export class ProductProcess {
  readonly #folder: string;
  readonly #child: ChildProcess;
  #output = '';
  #errorOutput = '';

  private constructor(env: Readonly<Record<string, string>>) {
    this.#folder = mkdtempSync(join(tmpdir(), 'crewship-process-'));
    // It ends with the tests, however those end.
    const flags = ['--disable-warning=ExperimentalWarning', '--import', follow, '--import', loader];
    this.#child = spawn(process.execPath, [...flags, main], {
      // Nothing of the test runner's own environment.
      env: { NODE_ENV: 'test', PATH: dirname(process.execPath), PORT: '0', DATA_DIR: this.#folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#errorOutput += chunk.toString();
    });
  }

  /** Resolves when it listens. `DATABASE_URL` names the database that it shares; `ENCRYPTION_KEY` has to be shared too. */
  static async start(env: Readonly<Record<string, string>>): Promise<ProductProcess> {
    const started = new ProductProcess(env);
    await started.printed('is ready');
    return started;
  }

  /** `http://127.0.0.1:<port>`. */
  get url(): string {
    return /http:\/\/[\d.:]+(?=\/api\/v1)/.exec(this.#output)?.[0] ?? '';
  }

  /** Resolves when the text stands in what it printed. Rejects when it ends before. */
  printed(text: string): Promise<void> {
    const streams = [this.#child.stdout, this.#child.stderr];
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        for (const stream of streams) stream?.off('data', look);
        this.#child.off('exit', end);
      };
      const look = (): void => {
        if (!this.#output.includes(text)) return;
        stop();
        resolve();
      };
      const end = (): void => {
        stop();
        reject(new Error(`the process ended:\n${this.#output}`));
      };
      for (const stream of streams) stream?.on('data', look);
      this.#child.once('exit', end);
      if (this.#ended) end();
      else look();
    });
  }

  /** Sends a signal; `SIGSTOP` freezes it until `SIGCONT`. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** What it has written to its standard error so far. */
  get errorOutput(): string {
    return this.#errorOutput;
  }

  /** Resolves when it has ended, with its exit code; null when a signal ended it. */
  async ended(): Promise<number | null> {
    // `close` comes after everything it wrote was read.
    if (!this.#ended) await once(this.#child, 'close');
    return this.#child.exitCode;
  }

  /** Ends it at once, as a crash would, and removes its folder. */
  async kill(): Promise<void> {
    if (!this.#ended) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
