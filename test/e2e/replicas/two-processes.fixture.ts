import { ProductProcess, type SeededMember, startTestApp, type TestApp } from '#testing';

/** One answer of one of the processes. */
export interface ReplicaAnswer {
  status: number;
  body: Record<string, unknown>;
}

const adminToken = 'administrator-of-two-processes';

/** Two processes of the product on one database, as behind a load balancer, and a test application that only seeds and looks. */
export class TwoProcesses {
  private constructor(
    readonly test: TestApp,
    readonly urls: readonly [string, string],
    private readonly processes: readonly ProductProcess[],
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<TwoProcesses> {
    const shared = { ENCRYPTION_KEY: '0'.repeat(64), ...env };
    const test = await startTestApp({ env: shared });
    const own = { ADMIN_TOKEN: adminToken, CREWSHIP_RATELIMIT_DISABLED: 'true', LOG_LEVEL: 'warn' };
    const variables = { ...shared, ...own, DATABASE_URL: test.database.url };
    const [first, second] = await Promise.all([ProductProcess.start(variables), ProductProcess.start(variables)]);
    return new TwoProcesses(test, [first.url, second.url], [first, second]);
  }

  /** Sends one request many times at the same moment, to the processes in turn. */
  atOnce(count: number, send: (url: string, n: number) => Promise<ReplicaAnswer>): Promise<ReplicaAnswer[]> {
    return Promise.all(Array.from({ length: count }, (_, n) => send(this.urls[n % 2] ?? '', n)));
  }

  /** Posts JSON to one of them; as the instance's administrator unless somebody is named. */
  async post(
    url: string,
    path: string,
    json: unknown,
    { by, headers }: { by?: SeededMember; headers?: Record<string, string> } = {},
  ): Promise<ReplicaAnswer> {
    const response = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${by?.token ?? adminToken}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.kill()));
    await this.test.close();
  }
}
