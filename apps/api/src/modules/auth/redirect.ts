import type { Response } from 'express';

/** Sends the browser to a path of this origin, with 302 and no body. */
export function redirect(response: Response, path: string): void {
  response.status(302).location(path).end();
}
