import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type SeededUser, startTestApp, type TestApp, type TestAppOptions } from '#testing';

/** The token of the instance administrator in these tests. */
export const adminToken = 'the-instance-administrator-0123456789';

/** An application with folders of templates of its own, and who administers it. */
export interface TemplatesApp {
  test: TestApp;
  /** Holds `templates` and `orgs`. */
  root: string;
  /** A person who administers the instance. */
  person: SeededUser;
  /** Writes files below the root. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** Starts such an application. A second one may share its folders and database. */
export async function startTemplatesApp(options: TestAppOptions = {}, beside?: TemplatesApp): Promise<TemplatesApp> {
  const root = beside?.root ?? mkdtempSync(join(tmpdir(), 'crewship-templates-'));
  const env = {
    ADMIN_TOKEN: adminToken,
    TEMPLATES_DIR: join(root, 'templates'),
    ORG_TEMPLATES_DIR: join(root, 'orgs'),
    CREWSHIP_RATELIMIT_DISABLED: 'true',
    ...options.env,
  };
  const test = await startTestApp({ ...options, env, ...(beside && { database: beside.test.database }) });
  const person = beside?.person ?? (await test.seed.user({ instanceAdmin: true }));
  return {
    test,
    root,
    person,
    write: (files) => writeBelow(root, files),
    close: async () => {
      await test.close();
      if (!beside) rmSync(root, { recursive: true, force: true });
    },
  };
}

async function writeBelow(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** Everything that the application keeps or says: rows as text, and its log. */
export async function everythingSaid({ test }: TemplatesApp): Promise<string> {
  const tables = await test.prisma.client.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const rows: string[] = [...test.logs];
  for (const { name } of tables) {
    const found = await test.prisma.client.$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb(t)::text AS row FROM "${name}" t`,
    );
    rows.push(...found.map(({ row }) => row));
  }
  return rows.join('\n');
}
