import { type GithubSpec, isLocalName, parseGithubSpec, parseSource, SourceError, sourceText } from '#sources';
import { pluginErrors } from './plugins.errors.js';

/** Schemes that plugins are installed from, sorted. */
export const pluginSchemes = ['github', 'local'] as const;

/** A source of a plugin with the name that the plugin gets: of the repository, or of the registry's folder. */
export type PluginSource = { name: string; text: string } & (
  | { scheme: 'local' }
  | { scheme: 'github'; spec: GithubSpec }
);

/**
 * Reads a source as it was sent.
 * @throws AppError 400 for a source or a name of a wrong form, 422 `plugin.unpinned`.
 */
export function readPluginSource(sent: string, { allowUnpinned }: { allowUnpinned: boolean }): PluginSource {
  try {
    const parsed = parseSource(sent, pluginSchemes);
    const text = sourceText(parsed);
    if (parsed.scheme === 'local') {
      if (!isLocalName(parsed.spec)) throw pluginErrors.invalidName({ extensions: { source: text } });
      return { scheme: 'local', name: parsed.spec, text };
    }
    const spec = parseGithubSpec(parsed.spec);
    if (spec.ref === null && !allowUnpinned) throw pluginErrors.unpinned({ extensions: { source: text } });
    return { scheme: 'github', name: spec.repo, spec, text };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.fault.kind !== 'unknown_scheme') throw pluginErrors.invalidSource({ cause: error });
    throw pluginErrors.unknownScheme({ cause: error, extensions: { available_schemes: [...pluginSchemes] } });
  }
}

/** Whether a text can be the name of an installed plugin. */
export function isPluginName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name) && !name.includes('..');
}
