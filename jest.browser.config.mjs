import base from './jest.config.mjs';

/** What only a browser can show: `npm run test:browser`. Apart from the others, which need no Chromium. */
/** @type {import('jest').Config} */
export default {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser-spec.ts'],
  testTimeout: 60_000,
};
