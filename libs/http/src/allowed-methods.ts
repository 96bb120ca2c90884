import type { Application } from 'express';

/** The part of Express's router that is looked at. */
interface RouterLayer {
  match(path: string): boolean;
  route?: { methods: Record<string, boolean> };
}

/**
 * The methods that some route has at this path, in upper case; empty when nothing is there. Looked at only when nothing
 * answered, to tell a wrong method (405) from a wrong path (404).
 */
export function allowedMethods(app: Application, path: string): string[] {
  const found = new Set<string>();
  for (const layer of app.router.stack as unknown as RouterLayer[]) {
    if (!layer.route || !matches(layer, path)) continue;
    for (const method of Object.keys(layer.route.methods)) found.add(method === '_all' ? 'GET' : method.toUpperCase());
  }
  if (found.has('GET')) found.add('HEAD');
  return [...found].sort();
}

// A path that cannot be decoded matches nothing.
function matches(layer: RouterLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
