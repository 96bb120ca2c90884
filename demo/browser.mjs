import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A headless Chromium: the one that `CHROMIUM_PATH` names, else one in the usual places. */
export async function openBrowser() {
  const executablePath = process.env.CHROMIUM_PATH ?? usualPlaces.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error('no Chromium was found. Install it (apt-get install chromium) or name it in CHROMIUM_PATH.');
  }
  // Root has no sandbox to go into; the pages are our own.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
