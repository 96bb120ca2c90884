import '../process/typescript-loader.mjs';

/** Prepares the database server of a test run; jest calls it once, before any worker starts. */
export default async function setUp() {
  const { prepareTestServer } = await import('./test-server.ts');
  globalThis.crewshipTestServer = await prepareTestServer();
}
