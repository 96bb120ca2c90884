import { styleText } from 'node:util';

/** What is about to be done. */
export function step(text) {
  console.log(`\n${styleText('cyan', '▸')} ${text}`);
}

/** What came of it. */
export function done(text) {
  console.log(`  ${styleText('green', '✓')} ${text}`);
}

/** The heading of a table. */
export function title(text) {
  console.log(`\n${styleText('bold', text)}\n`);
}
