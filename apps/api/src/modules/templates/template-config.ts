import { z } from 'zod';
import { readYamlText } from '#sources';

/** Largest config.yaml, in bytes. */
export const maxConfigBytes = 262_144;

const text = z.string().max(10_000);
const words = z.array(z.string().max(255)).max(200);

const model = z.object({
  id: z.string().max(255),
  name: z.string().max(255).nullish(),
  required_env: words.nullish(),
});

const schema = z.object({
  name: text.nullish(),
  description: text.nullish(),
  tier: z.int().min(0).max(100).nullish(),
  runtime: z.string().max(100).nullish(),
  model: z.string().max(255).nullish(),
  skills: words.nullish(),
  runtime_config: z
    .object({
      model: z.string().max(255).nullish(),
      models: z.array(model).max(200).nullish(),
      required_env: words.nullish(),
      provision_timeout_seconds: z.int().min(0).max(2_147_483_647).nullish(),
    })
    .nullish(),
});

/** What a template says of itself. */
export type TemplateConfig = z.infer<typeof schema>;

/** A config.yaml as it was read, or why it is not one; the reason quotes no values. */
export type ConfigReading = { ok: true; config: TemplateConfig } | { ok: false; reason: string };

/** Reads a config.yaml: one document of strict YAML. Members that are not looked at may be anything. */
export function readTemplateConfig(content: string): ConfigReading {
  if (Buffer.byteLength(content) > maxConfigBytes) {
    return { ok: false, reason: `must not be larger than ${maxConfigBytes} bytes` };
  }
  const reading = readYamlText(content);
  if (!reading.ok) return { ok: false, reason: reading.problems[0] ?? 'not YAML' };
  const parsed = schema.safeParse(reading.value);
  if (parsed.success) return { ok: true, config: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, reason: issue ? `${issue.path.join('.') || 'config.yaml'}: ${issue.message}` : 'not a template' };
}
