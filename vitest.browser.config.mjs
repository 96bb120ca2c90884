import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.mjs';

/** What only a browser can show: `npm run test:browser`. Apart from the others, which need no Chromium. */
export default defineConfig({
  test: { ...shared, include: ['test/browser/**/*.browser-spec.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
