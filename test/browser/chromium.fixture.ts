import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium: the one that `CHROMIUM_PATH` names, else one in the usual places. @throws Error when there is none. */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, where there is no Chromium.`);
  const path = named || usualPlaces.find((place) => existsSync(place));
  if (path) return path;
  throw new Error('No Chromium was found. Install it (apt-get install chromium) or name it in CHROMIUM_PATH.');
}

/** Starts it headless. Whoever starts it closes it, after Ctrl-C too. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Root has no sandbox to go into; the pages are our own.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
