import { describe, expect, it } from 'vitest';
import { AppError, type ErrorKind, type FieldError } from '#kernel';
import { consoleErrorOf, isConsolePath } from './console-dialect.js';

const errorOf = (code: string, kind: ErrorKind, fields: FieldError[] = []) =>
  consoleErrorOf(new AppError(code, kind, 'A sentence', { fields }), 'request-1');

describe('the console’s form of an error', () => {
  it('has the documented members and no other', () => {
    expect(errorOf('console.workflow_required', 'invalid')).toEqual({
      message: 'A sentence',
      error: 'Bad Request',
      code: 'workflow_required',
      statusCode: 400,
      request_id: 'request-1',
    });
  });

  it.each<[string, ErrorKind, string]>([
    ['anything.agent_not_found', 'not_found', 'not_found'],
    ['anything.else', 'invalid', 'bad_request'],
    ['anything.else', 'unauthenticated', 'unauthorized'],
    ['anything.else', 'forbidden', 'forbidden'],
    ['anything.else', 'conflict', 'conflict'],
    ['anything.else', 'upstream', 'internal_error'],
    ['http.rate_limited', 'rate_limited', 'rate_limited'],
    ['access.insufficient_scope', 'forbidden', 'insufficient_scope'],
  ])('of %s (%s) has the code %s', (code, kind, expected) => {
    expect(errorOf(code, kind).code).toBe(expected);
  });

  it('lists the faults of a body as `path: text`, without saying the path twice', () => {
    const fields = [
      { field: 'name', code: 'text', message: 'name is required' },
      { field: 'auth_config.token', code: 'text', message: 'token must be a string' },
      { field: 'server_url', code: 'x', message: 'is not allowed: scheme "ftp" not in [http https]' },
    ];
    expect(errorOf('http.invalid_body', 'invalid', fields)).toMatchObject({
      code: 'validation_error',
      message: [
        'name: is required',
        'auth_config.token: must be a string',
        'server_url: is not allowed: scheme "ftp" not in [http https]',
      ],
    });
  });

  it('belongs to the paths under its prefix only, in any case', () => {
    const paths = [
      '/api/v1/console',
      '/api/v1/console/x',
      '/API/V1/CONSOLE/x',
      '/api/v1/consoles',
      '/api/v1/x/console',
    ];
    expect(paths.map(isConsolePath)).toEqual([true, true, true, false, false]);
  });
});
