import { ExpressAdapter } from '@nestjs/platform-express';
import { type RequestHandler, Router } from 'express';
import { httpErrors, isInternalPath } from '#http';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

// `/api/v1/agents`: enough to tell the groups apart, and never a parameter.
const groupSegments = 3;

/**
 * Express with its routes in one router per resource. Express tries routes one after the other; with every route in one
 * list, finding the last of a hundred costs as much as serving the request.
 */
export class GroupedExpressAdapter extends ExpressAdapter {
  readonly #groups = new Map<string, Router>();
  readonly #fixedPaths = new Map<string, Set<string>>();

  override get(...args: unknown[]): unknown {
    return this.#register('get', args) ?? super.get(...(args as Parameters<ExpressAdapter['get']>));
  }

  override post(...args: unknown[]): unknown {
    return this.#register('post', args) ?? super.post(...(args as Parameters<ExpressAdapter['post']>));
  }

  override put(...args: unknown[]): unknown {
    return this.#register('put', args) ?? super.put(...(args as Parameters<ExpressAdapter['put']>));
  }

  override patch(...args: unknown[]): unknown {
    return this.#register('patch', args) ?? super.patch(...(args as Parameters<ExpressAdapter['patch']>));
  }

  override delete(...args: unknown[]): unknown {
    return this.#register('delete', args) ?? super.delete(...(args as Parameters<ExpressAdapter['delete']>));
  }

  /**
   * Answers 405 where a path without parameters is asked for with a method that it does not have: otherwise
   * `DELETE …/integrations/crews` would be for the integration with the id `crews`.
   */
  fixedPaths(): RequestHandler {
    return (request, _response, next) => {
      const methods = this.#fixedPaths.get(request.path);
      if (!methods || methods.has(request.method) || request.method === 'OPTIONS') return next();
      const allowed = [...methods].sort().join(', ');
      next(httpErrors.methodNotAllowed({ params: { method: request.method, allowed }, headers: { Allow: allowed } }));
    };
  }

  #register(verb: Verb, [path, ...handlers]: unknown[]): Router | null {
    if (typeof path === 'string' && handlers.length > 0) this.#note(verb, path);
    const place = typeof path === 'string' && handlers.length > 0 ? placeOf(path) : null;
    if (!place) return null;
    const group = this.#groups.get(place.prefix) ?? this.#mount(place.prefix);
    return group[verb](place.rest, ...(handlers as RequestHandler[]));
  }

  // Of internal paths nobody learns anything.
  #note(verb: Verb, path: string): void {
    if (/[:*{]/.test(path) || isInternalPath(path)) return;
    const methods = this.#fixedPaths.get(path) ?? new Set();
    methods.add(verb.toUpperCase());
    if (verb === 'get') methods.add('HEAD');
    this.#fixedPaths.set(path, methods);
  }

  #mount(prefix: string): Router {
    const group = Router();
    this.#groups.set(prefix, group);
    this.use(prefix, group);
    return group;
  }
}

// Null for paths whose first segments are not all plain words: those stay where Express puts them.
function placeOf(path: string): { prefix: string; rest: string } | null {
  const segments = path.split('/').filter((segment) => segment !== '');
  const first = segments.slice(0, groupSegments);
  if (first.length < groupSegments || !first.every((segment) => /^[a-z0-9_-]+$/.test(segment))) return null;
  return { prefix: `/${first.join('/')}`, rest: `/${segments.slice(groupSegments).join('/')}` };
}
