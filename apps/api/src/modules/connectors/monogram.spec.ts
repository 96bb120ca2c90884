import { describe, expect, it } from 'vitest';
import { monogram } from './monogram.js';

describe('the picture of a connector', () => {
  it.each([
    ['<script>', 'S'],
    ['"&\'', '?'],
    ['éclair', 'É'],
  ])('of %s shows %s and nothing that a browser would run', (name, initial) => {
    const svg = monogram(name, '#112233');
    expect(svg).toContain(`>${initial}</text>`);
    expect(svg).not.toMatch(/<script|&/);
  });

  it('is readable on light and dark colours', () => {
    expect(monogram('A', '#FFFFFF')).toContain('fill="#111827"');
    expect(monogram('A', '#000000')).toContain('fill="#FFFFFF"');
  });
});
