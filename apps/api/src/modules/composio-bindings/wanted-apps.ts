import { composioBindingErrors } from './composio-bindings.errors.js';
import { type AppMode, appModes, type WantedApp } from './composio-bindings.types.js';

/** The apps as a request names them. */
export interface NamedApps {
  apps?: readonly { toolkit?: string | null; mode?: string | null; tools?: readonly string[] | null }[] | null;
  /** The older form: each at mode full. */
  toolkits?: readonly string[] | null;
}

/**
 * The apps that a request means: `apps`, else `toolkits`, else all of `connected`. Of an app that is named twice the first
 * counts; blanks are passed over.
 * @throws AppError 400 when none is left, for a slug that cannot be one, or for an unknown mode.
 */
export function wantedApps({ apps, toolkits }: NamedApps, connected: readonly string[]): WantedApp[] {
  const named = apps?.length
    ? apps
    : (toolkits?.length ? toolkits : [...connected].sort()).map((toolkit) => ({ toolkit }));
  const wanted = new Map<string, WantedApp>();
  for (const app of named as NonNullable<NamedApps['apps']>) {
    const toolkit = slugOf(app.toolkit ?? '');
    if (toolkit === '' || wanted.has(toolkit)) continue;
    wanted.set(toolkit, { toolkit, mode: modeOf(toolkit, app.mode ?? ''), tools: app.tools ?? [] });
  }
  if (wanted.size === 0) throw composioBindingErrors.noApps();
  return [...wanted.values()];
}

/** A toolkit as it is compared and stored: trimmed, in lower case. @throws AppError 400 for what no slug can be. */
export function slugOf(text: string): string {
  const slug = text.trim().toLowerCase();
  if (slug !== '' && !/^[a-z0-9_-]{1,64}$/.test(slug)) throw composioBindingErrors.invalidToolkit();
  return slug;
}

function modeOf(toolkit: string, text: string): AppMode {
  const word = text.trim().toLowerCase() || 'full';
  const mode = appModes.find((each) => each === word);
  if (mode === undefined) throw composioBindingErrors.invalidMode({ params: { toolkit } });
  return mode;
}
