import { type DestinationStream, pino } from 'pino';

const flushAfterMs = 100;
const flushAtCharacters = 32_768;

/**
 * Standard output for log lines, gathered for at most a tenth of a second: a write for every line would cost as much as
 * the request that it tells of. What is left is written when the process ends, whatever ends it but SIGKILL.
 */
export class BufferedOutput implements DestinationStream {
  readonly #sink = pino.destination({ sync: false });
  #pending = '';
  #timer: NodeJS.Timeout | null = null;

  constructor() {
    process.once('exit', () => {
      this.#flush();
      this.#sink.flushSync();
    });
  }

  write(line: string): void {
    this.#pending += line;
    if (this.#pending.length >= flushAtCharacters) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), flushAfterMs).unref();
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending === '') return;
    this.#sink.write(this.#pending);
    this.#pending = '';
  }
}
