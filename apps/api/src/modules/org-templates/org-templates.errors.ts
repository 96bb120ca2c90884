import { defineErrors } from '#kernel';

/** Errors of organisation templates. */
export const orgTemplateErrors = defineErrors('org_template', {
  invalidBody: { kind: 'invalid', message: 'invalid request body' },
  nothingNamed: { kind: 'invalid', message: "provide 'dir' or 'template'" },
  invalidDirectory: { kind: 'invalid', message: 'invalid org directory' },
  notFound: { kind: 'not_found', message: 'org template not found: {dir}' },
  expansionFailed: { kind: 'invalid', message: 'org template expansion failed' },
  invalidTemplate: { kind: 'invalid', message: 'invalid org template' },
  missingEnv: { kind: 'precondition_failed', message: 'missing required environment variables' },
  importKeyTaken: { kind: 'conflict', message: 'import_key was used for another organisation template' },
});
