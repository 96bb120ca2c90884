import { httpErrors } from './http.errors.js';

// Sixteen workspaces below each other, as a template or a bundle may have them, are 38 levels.
const mostLevels = 48;

const strictBodies = new WeakSet<object>();

/** Marks a raw body as one whose unknown members are to be refused (`Prefer: handling=strict`, RFC 7240). */
export function markStrict(raw: object): void {
  strictBodies.add(raw);
}

/** Whether unknown members of this raw body are to be refused. */
export function isStrict(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && strictBodies.has(raw);
}

/**
 * Parses the raw body of a request as a JSON object. `null` counts as `{}`. `reason` is what is said of anything else.
 * @throws AppError `http.invalid_json` for anything else that is not an object; `http.invalid_body` for inner members
 * named `constructor` and for bodies of more than 48 levels, neither of which may reach what makes DTOs of them.
 */
export function parseJsonObject(raw: unknown, reason = 'Invalid JSON body'): Record<string, unknown> {
  const value = parseJson(raw, reason);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw httpErrors.invalidJson({ params: { reason } });
  refuseTraps(value);
  return value as Record<string, unknown>;
}

// class-transformer takes a member `constructor` for the class of its object (the outermost has one given), and calls
// itself once a level.
function refuseTraps(body: object): void {
  let level = [body];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > mostLevels) {
      throw httpErrors.invalidBody({ params: { reason: `The body has more than ${mostLevels} levels` } });
    }
    if (depth > 1 && level.some((each) => Object.hasOwn(each, 'constructor'))) {
      throw httpErrors.invalidBody({ params: { reason: 'No inner member of the body may be named "constructor"' } });
    }
    level = level.flatMap((each) => Object.values(each).filter((one) => typeof one === 'object' && one !== null));
  }
}

function parseJson(raw: unknown, reason: string): unknown {
  if (!Buffer.isBuffer(raw) || raw.length === 0) throw httpErrors.invalidJson({ params: { reason } });
  try {
    return wellFormed(raw.toString('utf8'));
  } catch (cause) {
    throw httpErrors.invalidJson({ cause, params: { reason } });
  }
}

const surrogateEscape = /\\u[dD][89a-fA-F]/;
// As `JSON.stringify` writes a half that stands alone; a pair it writes as the character.
const loneHalf = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

// Half a character is no text that could be stored or sent on (RFC 8259, 8.2; RFC 7493, 2.1).
function wellFormed(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (surrogateEscape.test(text) && loneHalf.test(JSON.stringify(value))) throw new SyntaxError('lone surrogate');
  return value;
}
