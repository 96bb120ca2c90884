import type { Application } from 'express';

/** The part of Express's router that is looked at. */
interface RouterLayer {
  /** Notes the part of the path that it matched in `path`. */
  match(path: string): boolean;
  path?: string;
  route?: { methods: Record<string, boolean> };
  handle?: { stack?: readonly RouterLayer[] };
}

/**
 * The methods that some route has at this path, in upper case; empty when nothing is there. Looked at only when nothing
 * answered, to tell a wrong method (405) from a wrong path (404).
 */
export function allowedMethods(app: Application, path: string): string[] {
  const found = new Set<string>();
  collect(app.router.stack as unknown as readonly RouterLayer[], path, found);
  if (found.has('GET')) found.add('HEAD');
  return [...found].sort();
}

function collect(stack: readonly RouterLayer[], path: string, found: Set<string>): void {
  for (const layer of stack) {
    const inner = layer.handle?.stack;
    if ((!layer.route && !inner) || !matches(layer, path)) continue;
    if (layer.route) {
      for (const method of Object.keys(layer.route.methods)) found.add(method.toUpperCase());
    } else if (inner) {
      collect(inner, path.slice(layer.path?.length ?? 0) || '/', found);
    }
  }
}

// A path that cannot be decoded matches nothing.
function matches(layer: RouterLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
