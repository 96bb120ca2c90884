import { defineErrors } from '#kernel';

/** Errors of the guided first steps. */
export const onboardingErrors = defineErrors('onboarding', {
  completed: { kind: 'conflict', message: 'Onboarding already completed' },
  noWorkspace: { kind: 'invalid', message: 'No workspace found for user' },
  unknownTemplate: { kind: 'invalid', message: 'crew_template_slug names no crew template of this instance' },
  anthropicToken: {
    kind: 'invalid',
    message: 'credential_value must be an Anthropic setup token, which begins with sk-ant-oat',
  },
});
