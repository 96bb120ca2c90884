import '../process/typescript-loader.mjs';

/** Prepares the database server of a test run, once and before any worker starts. Answers what stops it. */
export default async function setUp() {
  const { prepareTestServer } = await import('./test-server.ts');
  const server = await prepareTestServer();
  return () => server.stop();
}
