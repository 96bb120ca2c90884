import { describe, expect, it } from 'vitest';
import { isPrivileged } from './privileged-rules.js';

describe('privileged containers', () => {
  it.each([
    '{"privileged": true}',
    '{"runArgs": ["--privileged"]}',
    '{"runArgs": ["--privileged=true"]}',
    '{"privileg\\u0065d":true}',
    '{"features": {"docker": {"privileged" :\n true}}} // with a comment',
  ])('are recognised in %s', (text) => {
    expect(isPrivileged(text)).toBe(true);
  });

  it.each([null, '', '{}', '{"privileged": false}', '{"runArgs": ["--privileged=false"]}', '{"name": "privileged"}'])(
    'are not seen in %s',
    (text) => {
      expect(isPrivileged(text)).toBe(false);
    },
  );
});
