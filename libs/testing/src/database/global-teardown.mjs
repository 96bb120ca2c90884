/** Removes what the run's global setup made. */
export default async function tearDown() {
  await globalThis.crewshipTestServer?.stop();
}
