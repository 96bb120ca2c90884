import { defineErrors } from '#kernel';

/** Errors of plugins. */
export const pluginErrors = defineErrors('plugin', {
  notInstalled: { kind: 'not_found', message: 'plugin not installed' },
  invalidName: { kind: 'invalid', message: 'invalid plugin name' },
  invalidSource: { kind: 'invalid', message: 'invalid plugin source' },
  unknownScheme: { kind: 'invalid', message: 'failed to resolve plugin source' },
  runtimeRequired: { kind: 'invalid', message: 'runtime query parameter is required' },
  bodyTooLarge: { kind: 'too_large', message: 'Request body too large: at most {max} bytes are accepted here' },
  unpinned: {
    kind: 'unprocessable',
    message:
      'unpinned github source: append a tag or commit SHA (e.g. "github://owner/repo#v1.2.0"). Set PLUGIN_ALLOW_UNPINNED=true to override',
  },
  notAllowed: { kind: 'forbidden', message: 'plugin "{name}" is not in the org allowlist' },
  sourceNotFound: { kind: 'not_found', message: 'failed to fetch plugin from {scheme}' },
  fetchFailed: { kind: 'upstream', message: 'failed to fetch plugin from {scheme}' },
  fetchTimedOut: { kind: 'timeout', message: 'failed to fetch plugin from {scheme}' },
  tooLarge: { kind: 'too_large', message: 'staged plugin exceeds size limit' },
  tooManyFiles: { kind: 'too_large', message: 'staged plugin has more than {max} files and folders' },
  entryRefused: { kind: 'unprocessable', message: 'plugin refused: "{entry}" {reason}' },
  empty: { kind: 'unprocessable', message: 'plugin refused: it has no files' },
  manifestUnreadable: { kind: 'unprocessable', message: 'plugin refused: plugin.yaml cannot be read, {problem}' },
  integrityFailed: { kind: 'unprocessable', message: 'plugin manifest integrity check failed' },
  integrityFormOutdated: {
    kind: 'unprocessable',
    message:
      'plugin manifest integrity check failed: the digest in manifest.json is of the old form, in which the contents of files could be moved between them. Put the digest of the files with their lengths there',
  },
  digestMismatch: { kind: 'unprocessable', message: 'sha256 mismatch: expected {expected}, got {actual}' },
  digestWithoutManifest: {
    kind: 'unprocessable',
    message: 'sha256 check failed: plugin.yaml not found in staged plugin',
  },
  tooMany: { kind: 'unprocessable', message: 'a workspace has at most {max} plugins; uninstall one first' },
  workspaceFull: {
    kind: 'too_large',
    message: 'the plugins of a workspace have at most {max} bytes together; uninstall one first',
  },
  orgNotFound: { kind: 'not_found', message: 'org not found' },
});
