import type { Application } from 'express';

/** The part of Express's router that is looked at. */
interface RouterLayer {
  /** What it matched of the path; falsy when nothing. */
  match(path: string): { path: string } | false;
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
    const matched = (layer.route || inner) && matchOf(layer, path);
    if (!matched) continue;
    if (layer.route) {
      for (const method of Object.keys(layer.route.methods)) found.add(method.toUpperCase());
    } else if (inner) {
      collect(inner, path.slice(matched.path.length) || '/', found);
    }
  }
}

// A path that cannot be decoded matches nothing.
function matchOf(layer: RouterLayer, path: string): { path: string } | false {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
