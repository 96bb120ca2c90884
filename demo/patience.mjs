import { setTimeout as pause } from 'node:timers/promises';

const lookMs = 100;

/** Looks until there is something, and gives it; refuses after a while, with what was waited for. `tick` is called for every look. */
export async function eventually(what, look, { signal, patienceMs = 20_000, tick = () => undefined }) {
  const overdue = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > overdue) throw new Error(`${what} did not happen within ${patienceMs / 1_000} s`);
    tick();
    await pause(lookMs, undefined, { signal });
  }
}

/** Says how long it is until a moment: as one line that changes on a terminal, elsewhere every ten seconds. */
export function countdownTo(moment) {
  let last = null;
  const left = () => Math.max(0, Math.ceil((moment.getTime() - Date.now()) / 1_000));
  const line = (seconds) =>
    seconds > 0 ? `  … ${seconds} s until ${moment.toISOString().slice(11, 19)}` : '  … any moment';
  return {
    tick() {
      const seconds = left();
      if (seconds === last) return;
      if (process.stdout.isTTY) process.stdout.write(`\r${line(seconds).padEnd(40)}`);
      else if (last === null || seconds % 10 === 0) console.log(line(seconds));
      last = seconds;
    },
    clear() {
      if (process.stdout.isTTY && last !== null) process.stdout.write(`\r${' '.repeat(40)}\r`);
    },
  };
}
