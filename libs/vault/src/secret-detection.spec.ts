import { describe, expect, it } from 'vitest';
import { hasSecretFormat, looksSecret } from './index.js';

// Assembled here, so that scanners of the repository do not take a sample for a leak.
const join = (...parts: string[]) => parts.join('');

describe('looksSecret', () => {
  it.each(
    `TOKEN GITHUB_TOKEN githubToken github-token X-Auth-Token SLACK_BOT_TOKEN tokens SECRET CLIENT_SECRET client_secret
    clientSecret SECRET_KEY_BASE PASSWORD DB_PASSWORD dbPassword DBPASSWORD PGPASSWORD SMTP_PASS passwd passphrase PG_PWD
    KEY API_KEY apiKey APIKey apikey X-API-Key OPENAI_KEY OPENAIAPIKEY AWS_SECRET_ACCESS_KEY PRIVATE_KEY LICENSE_KEY ENCRYPTION_KEY
    AUTH BASIC_AUTH X-Auth NPM_AUTH Authorization Proxy-Auth CREDENTIAL credentials db.creds Cookie Set-Cookie SESSION_COOKIE
    JWT GITHUB_PAT BEARER authToken NEXT_AUTH_SECRET private_key PUBLIC_API_TOKEN API_KEY_PROD API_KEY_2
    signing.key.current X-Authentication`.split(/\s+/),
  )('takes the value of %s for a secret', (key) => {
    expect(looksSecret(key, 'hunter2-plain')).toBe(true);
  });

  it.each(
    `PUBLIC_KEY PUBLIC_API_KEY PUBLIC_KEY_PATH API_KEY_HEADER KEYS_PER_PAGE AUTH_FLOW PUBLISHABLE_KEY stripePublishableKey PRIMARY_KEY SORT_KEY CACHE_KEY PARTITION_KEY KEYBOARD
    MONKEY_NAME TURKEY AUTHOR AUTHORITY TOKENIZER COMPASS PASSENGER SECRETARY PATH_PREFIX PATTERN BYPASS PWD KEY_ID AWS_ACCESS_KEY_ID
    TOKEN_URL TOKEN_TYPE TOKEN_TTL SECRET_NAME CREDENTIALS_FILE COOKIE_DOMAIN AUTH_URL AUTH_TYPE AUTH_METHOD OAUTH_CLIENT_ID
    KEY_PREFIX PASSWORD_MIN_LENGTH LOG_LEVEL REGION NODE_ENV BASE_URL Accept X-Request-Id Content-Language KEYCLOAK_REALM`.split(
      /\s+/,
    ),
  )('shows the value of %s', (key) => {
    expect(looksSecret(key, 'hunter2-plain')).toBe(false);
  });

  it.each([
    ['MAX_TOKENS', '4096', false],
    ['USE_COOKIE', 'true', false],
    ['PASSWORD', '1234', true],
    ['DB_PASS', 'on', true],
    ['PASSWORD_PROD', '1234', true],
    ['PASS_THROUGH', 'true', false],
    ['TOKEN', '', false],
    ['TOKEN', '   ', false],
    ['TOKEN', `$\{GITHUB_TOKEN}`, false],
    ['TOKEN', '$GITHUB_TOKEN', false],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/var/run/secrets/google.json', false],
    ['SSH_KEY', '~/.ssh/deploy.pem', false],
    ['SSH_KEY', String.raw`C:\keys\deploy.pem`, false],
    ['AWS_SECRET', '/aB3+x/Zq8Kd0pLm2+wE=', true],
  ])('judges %s = "%s" by what the value can be', (key, value, expected) => {
    expect(looksSecret(key, value)).toBe(expected);
  });

  it.each([
    join('gh', 'p_0123456789abcdefABCDEF'),
    join('github', '_pat_11ABCDEFG0_abcdef'),
    join('gl', 'pat-abcdefghij0123456789'),
    join('s', 'k-proj-abcDEF012345'),
    join('s', 'k-ant-api03-abcdef'),
    join('s', 'k_live_abcdef012345'),
    join('xo', 'xb-1234567890-abcdef'),
    join('AK', 'IAIOSFODNN7EXAMPLE'),
    join('AI', 'zaSyA-0123456789abcdefghijklmnopqrs'),
    join('ey', 'JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_1'),
    join('np', 'm_0123456789abcdefghijABCDEFGHIJ012345'),
    join('crewship', '_cli_0123456789abcdef'),
    join('a', 'k_0123456789abcdef'),
    join('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE'),
    join('-----BEGIN ', 'PRIVATE KEY-----'),
    'Bearer abc',
    'bearer   abc.def',
    'Basic dXNlcjpwdw==',
    'token 0123456789abcdef',
    join('--header=x:gh', 'p_0123456789abcdef'),
    'postgres://user:pw@db.internal:5432/app',
    'postgres://user:p#s/s?w@db/app',
    'redis://:pw@cache:6379/0',
    'mongodb+srv://u:p@cluster0.example.net/?retryWrites=true',
    'https://api.example.com/v1?api_key=abcdef',
    'Server=db;User Id=app;Password=pw1;',
    'host=db user=app password=pw1',
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc123==',
    'https://hooks.slack.com/services/T0/B0/abc',
    '123456789:AAEabcdefghijklmnopqrstuvwxyz012345',
  ])('knows %s by its form, whatever the key', (value) => {
    expect(looksSecret('SETTING', value)).toBe(true);
  });

  it.each([
    'https://user@example.com/path',
    'https://example.com:8080/@scope/package',
    'https://example.com/a:b@c',
    'http://localhost:5432',
    'user@example.com',
    'task-management-for-everyone',
    'risk-assessment-tools',
    '@modelcontextprotocol/server-github',
    'https://example.com?page=2&key=',
    'sort-key=name',
    'host=db user=app',
    '2026-11-21T10:00:00Z',
    '-----BEGIN CERTIFICATE-----',
    'application/json, text/event-stream',
    'Bearer',
  ])('shows %s', (value) => {
    expect(looksSecret('SETTING', value)).toBe(false);
  });

  it.each([
    ['a'],
    ['eyJ-'],
    ['a://b:'],
    ['x://'],
    ['Bearer '],
    ['a.'],
    ['/a'],
    [' '],
    ['?key='],
    ['-----BEGIN '],
    ['1'],
  ])('judges 64 KiB of "%s" without delay', (piece) => {
    const value = piece.repeat(Math.floor(65_536 / piece.length));
    const startedAt = performance.now();
    hasSecretFormat(value);
    looksSecret('SECRET', value);
    looksSecret(value, 'x');
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
