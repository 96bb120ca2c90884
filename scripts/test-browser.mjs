// `npm run test:browser`: the connect flow in headless Chromium, on an embedded PostgreSQL of its own.
// Arguments go to Vitest.
import { findChromium } from '../test/browser/chromium.fixture.ts';
import { runTests } from './lib/run-tests.mjs';

try {
  console.error(`testing in ${findChromium()}`);
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
process.exit(runTests(['--config', 'vitest.browser.config.mjs', ...process.argv.slice(2)], process.env));
