import { type AppError, type ErrorArguments } from '#kernel';
import { refusalSentence, SourceError } from '#sources';
import type { PluginSource } from './plugin-source.js';
import { pluginErrors } from './plugins.errors.js';

/** What a fault of a source is answered with; anything else is handed on as it is. */
export function translateFault(error: unknown, source: PluginSource): unknown {
  return error instanceof SourceError ? translated(error, source) : error;
}

function translated(error: SourceError, { scheme, text }: PluginSource): AppError {
  const { fault } = error;
  const about = (params: ErrorArguments['params'] = {}): ErrorArguments => ({
    cause: error,
    params: { scheme, ...params },
    extensions: { source: text },
  });
  switch (fault.kind) {
    case 'not_found':
      return pluginErrors.sourceNotFound(about());
    case 'timeout':
      return pluginErrors.fetchTimedOut(about());
    case 'too_large':
      return fault.of === 'entries'
        ? pluginErrors.tooManyFiles(about({ max: fault.max }))
        : pluginErrors.tooLarge(about());
    case 'refused':
      return pluginErrors.entryRefused(about({ entry: fault.entry, reason: refusalSentence(fault.reason) }));
    case 'upstream':
      return pluginErrors.fetchFailed({ ...about(), details: { reason: fault.reason } });
    case 'invalid_source':
    case 'invalid_spec':
    case 'unknown_scheme':
      return pluginErrors.invalidSource(about());
  }
}
