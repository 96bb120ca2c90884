// Runs one demo: builds what is missing, lets the story be told on a stage of its own, and clears the stage afterwards,
// also after Ctrl-C.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { reasonToBuild } from '../scripts/lib/build-state.mjs';
import { Stage } from './stage.mjs';

const root = join(import.meta.dirname, '..');

/** Tells one story. `check` throws when something is missing, before anything starts. The exit code says how it ended. */
export async function perform(tellStory, { check = () => undefined } = {}) {
  const stage = new Stage();
  closeOnSignals(stage);
  // The terminal may be gone before everything is cleaned up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    check();
    buildIfNeeded();
    await tellStory(stage);
  } catch (error) {
    // What fails because the stage is being closed is no failure of the demo.
    if (!stage.closing) {
      process.exitCode = 1;
      // Whatever was under way when a server ended by itself failed because of that.
      const reason = stage.signal.aborted ? stage.signal.reason : error;
      console.error(`\nThe demo stopped: ${reason.message}`);
    }
  }
  if (!stage.closing) await stage.close();
}

function closeOnSignals(stage) {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, async () => {
      if (stage.closing) return;
      process.stdout.write('\nstopping and cleaning up …\n');
      await stage.close();
      process.exit(code);
    });
  }
}

function buildIfNeeded() {
  const reason = reasonToBuild();
  if (!reason) return;
  console.log(`building, because ${reason} (about 15 s)`);
  const { status, signal } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  if (signal) throw new Error('interrupted while building');
  if (status !== 0) throw new Error('the build failed, see above');
}
