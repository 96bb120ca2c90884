import { randomUUID } from 'node:crypto';
import type { TestApp, TestCaller } from '#testing';

/** An answer, as far as repetitions are compared. */
export interface Answer {
  status: number;
  body: string;
  replayed: string | null;
  headers: Headers;
}

/** A key that nobody else has. */
export const newKey = (): string => randomUUID();

/** Calls with `Idempotency-Key`. */
export class IdempotentCalls {
  constructor(private readonly test: TestApp) {}

  /** One POST of a caller; without a key where it is null. */
  async post(caller: TestCaller, path: string, key: string | null, body: unknown): Promise<Answer> {
    const response = await this.test.call(path, {
      method: 'POST',
      token: caller.token,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        'Content-Type': 'application/json',
        ...(key !== null && { 'Idempotency-Key': key }),
        ...(caller.workspaceId !== undefined && { 'X-Workspace-ID': caller.workspaceId }),
      },
    });
    return {
      status: response.status,
      body: await response.text(),
      replayed: response.headers.get('idempotency-replayed'),
      headers: response.headers,
    };
  }

  /** Registers an MCP server of this name for the caller's workspace. */
  register(caller: TestCaller, key: string | null, name: string): Promise<Answer> {
    return this.post(caller, '/api/v1/integrations', key, { name, endpoint: 'https://mcp.example.com/mcp' });
  }

  /** How many servers of this name there are. */
  count(name: string): Promise<number> {
    return this.test.prisma.client.workspaceIntegration.count({ where: { name } });
  }
}

/** The code of a problem document. */
export function codeOf({ body }: Answer): string {
  return (JSON.parse(body) as { code: string }).code;
}
