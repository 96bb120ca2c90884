import { type DocumentNode, operationsOf } from './document-nodes.js';

const referable = ['schemas', 'responses', 'headers'] as const;

/** Takes out components that no operation and no webhook leads to, and security schemes that no operation asks for. */
export function dropUnusedComponents(document: DocumentNode): void {
  const components: Record<string, Record<string, unknown>> = document.components;
  const reached = new Set<string>();
  const queue: unknown[] = [document.paths, document.webhooks];
  while (queue.length > 0) {
    for (const ref of refsIn(queue.pop())) {
      if (reached.has(ref)) continue;
      reached.add(ref);
      const [, , kind = '', name = ''] = ref.split('/');
      queue.push(components[kind]?.[name]);
    }
  }
  for (const kind of referable) keepOnly(components[kind], (name) => reached.has(`#/components/${kind}/${name}`));
  const demanded = new Set(
    operationsOf(document).flatMap(({ operation }) => (operation.security ?? []).flatMap((each) => Object.keys(each))),
  );
  keepOnly(components.securitySchemes, (name) => demanded.has(name));
}

function keepOnly(members: Record<string, unknown> = {}, isWanted: (name: string) => boolean): void {
  for (const name of Object.keys(members)) if (!isWanted(name)) delete members[name];
}

function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === '$ref' && typeof member === 'string') return [member];
    // A discriminator maps words to references.
    if (key === 'mapping' && typeof member === 'object') return Object.values(member as Record<string, string>);
    return refsIn(member);
  });
}
