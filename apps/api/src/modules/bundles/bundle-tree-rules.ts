import type { FieldError } from '#kernel';
import { bundleLimits } from './bundle-limits-rules.js';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** A value on its way through the tree, with where it stands. */
interface Place {
  value: object;
  path: string;
  /** Workspaces above it and itself. */
  depth: number;
  /** Levels of JSON within its workspace. */
  level: number;
}

/**
 * Judges parsed JSON before anything looks into it by name: nesting, number of workspaces, member names that would reach
 * prototypes, and texts that no database takes. Walks without calling itself. Answers the first fault of each kind of limit.
 */
export function findTreeFault(root: object): FieldError | null {
  let workspaces = 1;
  const queue: Place[] = [{ value: root, path: '', depth: 1, level: 1 }];
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    for (const [key, value] of Object.entries(place.value)) {
      const path = place.path === '' ? key : `${place.path}.${key}`;
      const isChild = place.path.endsWith('sub_workspaces') && place.level === 2;
      const depth = isChild ? place.depth + 1 : place.depth;
      if (isChild) workspaces += 1;
      const fault = keyFault(key) ?? textFault(value) ?? sizeFault({ depth, workspaces, level: place.level });
      if (fault !== null) return { field: shortened(path), ...fault };
      if (typeof value === 'object' && value !== null) {
        queue.push({ value, path, depth, level: isChild ? 1 : place.level + 1 });
      }
    }
  }
  return null;
}

type Fault = Omit<FieldError, 'field'>;

function keyFault(key: string): Fault | null {
  if (forbidden.has(key)) return { code: 'name_not_allowed', message: 'no member may have this name' };
  return isStorable(key) ? null : { code: 'not_text', message: 'the name of a member is no text that can be stored' };
}

function textFault(value: unknown): Fault | null {
  if (typeof value !== 'string' || isStorable(value)) return null;
  return { code: 'not_text', message: 'must not contain a NUL character or half a character' };
}

function isStorable(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}

function sizeFault({ depth, workspaces, level }: { depth: number; workspaces: number; level: number }): Fault | null {
  if (depth > bundleLimits.depth) {
    return { code: 'too_deep', message: `workspaces may stand at most ${bundleLimits.depth} deep` };
  }
  if (workspaces > bundleLimits.workspaces) {
    return { code: 'too_many', message: `a bundle has at most ${bundleLimits.workspaces} workspaces` };
  }
  return level > bundleLimits.levels
    ? { code: 'too_deep', message: `at most ${bundleLimits.levels} levels of JSON` }
    : null;
}

// The path may be as long as the body.
function shortened(path: string): string {
  return path.length <= 200 ? path : `${path.slice(0, 200)}…`;
}
