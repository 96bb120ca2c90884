import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';

describe('the documentation of an instance', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const policyOf = async (path: string): Promise<string> => {
    const response = await fetch(`${test.url}${path}`);
    // An answer that nobody reads keeps its connection, and with it the application from closing.
    await response.arrayBuffer();
    return response.headers.get('content-security-policy') ?? '';
  };

  it.each(['/api/docs', '/api/docs/swagger-ui-bundle.js'])(
    'lets %s run its own scripts and call its own origin, and nothing else',
    async (path) => {
      const policy = await policyOf(path);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("connect-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
    },
  );

  it('lets no other answer run or load anything', async () => {
    for (const path of ['/api/openapi.json', '/api/v1/integrations', '/api/docsx']) {
      expect(await policyOf(path)).toMatch(/^default-src 'none'; ?frame-ancestors 'none'; ?base-uri 'none'$/);
    }
  });

  it('loads nothing from elsewhere into its page', async () => {
    const page = await (await fetch(`${test.url}/api/docs`)).text();
    const sources = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source = '']) => source);
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((source) => /^(https?:)?\/\//.test(source))).toEqual([]);
  });

  it('serves a contract whose calls go to the instance that served it', async () => {
    const served = (await (await fetch(`${test.url}/api/openapi.json`)).json()) as {
      openapi: string;
      servers: { url: string }[];
    };
    expect(served.openapi).toBe('3.1.0');
    expect(served.servers.map(({ url }) => url)).toEqual(['/']);
  });
});
