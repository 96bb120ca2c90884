import type { PluginManifest } from './plugins.types.js';

/** Whether a plugin runs on a runtime: it names none, or this one. `-` and `_` in names are the same. */
export function supportsRuntime({ runtimes }: PluginManifest, runtime: string): boolean {
  return runtimes.length === 0 || runtimes.some((each) => sameName(each) === sameName(runtime));
}

function sameName(runtime: string): string {
  return runtime.replaceAll('-', '_');
}
