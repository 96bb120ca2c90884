/** The config.yaml of a template that comes without one, as seed 004's clients know it. */
export function generatedConfig(name: string, paths: readonly string[]): string {
  const prompts = paths.filter((path) => /^[^/]+\.md$/.test(path)).sort();
  const skills = paths.flatMap((path) => /^skills\/([^/]+)\/SKILL\.md$/.exec(path)?.[1] ?? []).sort();
  return [
    `name: ${quoted(name)}`,
    'description: Imported agent',
    'version: 1.0.0',
    'tier: 3',
    'model: anthropic:claude-haiku-4-5-20251001',
    ...listOf('prompt_files', prompts.length > 0 ? prompts : ['system-prompt.md']),
    ...listOf('skills', skills),
    'tools: []',
    'a2a:',
    '  port: 8000',
    '  streaming: true',
    '  push_notifications: true',
    'env:',
    '  required:',
    '    - ANTHROPIC_API_KEY',
    '',
  ].join('\n');
}

function listOf(key: string, items: readonly string[]): string[] {
  return items.length === 0 ? [`${key}: []`] : [`${key}:`, ...items.map((item) => `  - ${quoted(item)}`)];
}

// A text in double quotes (YAML 1.2, 7.3.1): what JSON escapes, YAML reads.
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (each) => {
    return `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
