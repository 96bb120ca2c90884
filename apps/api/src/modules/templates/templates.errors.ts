import { defineErrors } from '#kernel';

/** Errors of workspace templates. */
export const templateErrors = defineErrors('template', {
  invalidBody: { kind: 'invalid', message: 'invalid request body' },
  tooManyFiles: { kind: 'invalid', message: 'too many files ({count}), max 200' },
  tooLarge: { kind: 'too_large', message: 'template exceeds size limit: {limit}' },
  exists: { kind: 'conflict', message: 'template already exists' },
  sourceRequired: {
    kind: 'invalid',
    message: '\'source\' is required (e.g. "github://owner/repo#v1.2.0")',
  },
  invalidSource: { kind: 'invalid', message: 'invalid template source' },
  unknownScheme: { kind: 'invalid', message: 'failed to resolve template source' },
  unpinned: {
    kind: 'unprocessable',
    message: 'unpinned github source: append a tag or commit SHA (e.g. "github://owner/repo#v1.2.0")',
  },
  sourceNotFound: { kind: 'not_found', message: 'failed to fetch template from github' },
  sourceFailed: { kind: 'upstream', message: 'failed to fetch template from github' },
  sourceTimeout: { kind: 'timeout', message: 'failed to fetch template from github' },
  sourceRefused: { kind: 'unprocessable', message: 'the template is not taken: "{entry}" {reason}' },
  configMissing: { kind: 'unprocessable', message: 'the template has no config.yaml at its root' },
  configInvalid: { kind: 'unprocessable', message: 'the template’s config.yaml is not valid: {reason}' },
  writeFailed: { kind: 'internal', message: 'failed to write template' },
});
