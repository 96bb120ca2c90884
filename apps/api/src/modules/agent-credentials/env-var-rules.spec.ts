import { describe, expect, it } from 'vitest';
import { canonicalEnvVar, envVarOfName } from './env-var-rules.js';

describe('names of environment variables', () => {
  it('stores them in upper case with underscores', () => {
    expect(canonicalEnvVar(' gh-token ')).toBe('GH_TOKEN');
  });

  it.each(['1TOKEN', 'A B', 'A=B', '', 'Ä'])('refuses %p', (name) => {
    expect(() => canonicalEnvVar(name)).toThrow('env_var_name must be');
  });

  it.each(['LD_PRELOAD', 'path', 'node-options', 'PYTHONPATH', 'CREWSHIP_TOKEN'])(
    'row 39: refuses %p, which changes what runs',
    (name) => {
      expect(() => canonicalEnvVar(name)).toThrow('or changes what programs do');
    },
  );

  it('makes a usable name of any credential name', () => {
    expect(['my token', '2fa', 'a.b-c'].map(envVarOfName)).toEqual(['MY_TOKEN', '_2FA', 'A_B_C']);
  });
});
