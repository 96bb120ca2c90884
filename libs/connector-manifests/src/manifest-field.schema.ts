import { z } from 'zod';

const identifier = /^[a-z][a-z0-9_]*$/;

/** A text with `${field.x}`, `${derived.y}` or `${instance_url}` in it. What it may hold is judged by where it stands. */
export const templateSchema = z
  .string()
  .min(1)
  .max(4_096)
  .describe('Template: ${field.key}, ${derived.name} and ${instance_url} are replaced, escaped for where they stand');

/** Key of a field or of a derived value. */
export const keySchema = z.string().max(64).regex(identifier, 'must be lower case letters, digits and _, letter first');

/** One thing that a person types into the form of a connector. */
export const fieldSchema = z
  .strictObject({
    key: keySchema.describe('Name of the value in templates and in the `fields` of verify and install'),
    label: z.string().min(1).max(120).describe('Name shown to people'),
    type: z
      .enum(['text', 'password', 'number', 'select', 'bool'])
      .describe('How it is asked for; a password is always a secret'),
    required: z.boolean().default(false).describe('Whether it must have a value, its default included'),
    secret: z.boolean().optional().describe('Whether the value is sealed; always true for a password'),
    default: z.string().min(1).max(1_024).optional().describe('Value when none is given; never for a secret'),
    placeholder: z.string().max(200).optional().describe('Example shown in the empty form; never a real value'),
    help: z.string().max(1_000).optional().describe('What to enter and where to find it'),
    choices: z.array(z.string().min(1).max(200)).max(64).optional().describe('Permitted values of a select'),
    pattern: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Regular expression (ECMAScript, flag u) that the whole value must match'),
    aliases: z.array(keySchema).max(4).optional().describe('Other keys under which callers may send the value'),
  })
  .describe('One field of the form');

/** One field of a connector's form. */
export type ManifestField = z.infer<typeof fieldSchema>;
