import { describe, expect, it } from 'vitest';
import { settingsSpeaking, speaksSse } from './http-transport-rules.js';

describe('the HTTP transport of a server', () => {
  it('is the old one only where the settings say so themselves', () => {
    const texts = [
      '{"transport":"sse"}',
      '{"transport":"http"}',
      '{"headers":{"transport":"sse"}}',
      '"sse"',
      'sse',
      null,
    ];
    expect(texts.map(speaksSse)).toEqual([true, false, false, false, false, false]);
  });

  it('changes without touching other settings', () => {
    expect(settingsSpeaking('sse', '{"region":"eu"}')).toBe('{"region":"eu","transport":"sse"}');
    expect(settingsSpeaking('streamable-http', '{"region":"eu","transport":"sse"}')).toBe('{"region":"eu"}');
    expect([
      settingsSpeaking('streamable-http', '{"transport":"sse"}'),
      settingsSpeaking('streamable-http', null),
    ]).toEqual([null, null]);
  });
});
