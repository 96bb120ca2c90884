import type { TestApp } from '#testing';

/** A browser: keeps cookies by name, as the application sets and clears them. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly test: TestApp,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** Calls a path with the cookies, and keeps what the answer sets. */
  async call(path: string, init: RequestInit & { json?: unknown } = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.headers, ...(cookie !== '' && { Cookie: cookie }), ...(init.headers as object) };
    const response = await this.test.call(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Signs in by JSON. */
  async signIn(email: string, password: string): Promise<Response> {
    const { csrfToken } = (await (await this.call('/api/auth/csrf')).json()) as { csrfToken: string };
    return this.call('/api/auth/callback/credentials', { method: 'POST', json: { email, password, csrfToken } });
  }

  /** A second browser with the same cookies, as a thief would have. */
  copy(): TestBrowser {
    const twin = new TestBrowser(this.test, this.headers);
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const name = pair.slice(0, pair.indexOf('='));
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(name.length + 1));
  }
}

/** Makes a user with a password; a cheap hash, since the cost is not what these tests are about. */
export async function userWithPassword(test: TestApp, password: string): Promise<{ userId: string; email: string }> {
  const { hash } = await import('@node-rs/argon2');
  const passwordHash = await hash(password, { memoryCost: 64, timeCost: 1 });
  const { userId, email } = await test.seed.user({ passwordHash });
  return { userId, email };
}
