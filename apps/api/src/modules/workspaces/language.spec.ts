import { expect, it } from 'vitest';
import { isLanguage } from './language.js';

it.each(['Czech', 'czech', 'English', 'cs', 'CS', 'de', 'deu'])('takes %s for a language', (text) => {
  expect(isLanguage(text)).toBe(true);
});

it.each(['Klingonish', 'xx', 'c', '', 'cs-', 'cs; DROP', '12'])('does not take %j for a language', (text) => {
  expect(isLanguage(text)).toBe(false);
});
