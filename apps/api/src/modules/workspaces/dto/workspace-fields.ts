import { TextField, type TextOptions } from '#http';

/** A slug by the rule of seed 003: 2 to 50 of lower-case letters, digits, hyphens and underscores. */
export function WorkspaceSlugField(options: Partial<TextOptions> = {}): PropertyDecorator {
  return TextField({
    min: 2,
    max: 50,
    pattern: /^[a-z0-9][a-z0-9_-]*$/,
    message: 'slug must be 2-50 characters',
    patternMessage:
      'slug must contain only lowercase letters, numbers, hyphens, and underscores, and start with a letter or number',
    example: 'acme',
    ...options,
  });
}
