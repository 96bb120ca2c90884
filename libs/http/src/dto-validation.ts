import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import type { AppError, FieldError } from '#kernel';
import { isStrict, parseJsonObject } from './body-reading.js';
import { httpErrors } from './http.errors.js';

/** A DTO class: made without arguments, described by class-validator's decorators. */
export type DtoClass<T extends object> = new () => T;

/**
 * Reads a raw request body as a DTO: JSON, then types and rules. Unknown members are dropped, or refused when strict.
 * The answer's `detail` is the first fault in the order in which the DTO declares its fields.
 */
export function readBody<T extends object>(dto: DtoClass<T>, raw: unknown): T {
  const plain = parseJsonObject(raw, sentences.get(dto));
  const strict = isStrict(raw);
  return validated(dto, plain, strict, (fields) =>
    httpErrors.invalidBody({ fields, params: { reason: fields[0]?.message ?? 'The body is invalid' } }),
  );
}

const sentences = new WeakMap<object, string>();

/** What operations with this body say of one that is no JSON object, where their documents have a sentence of their own. */
export function BodySentence(sentence: string): ClassDecorator {
  return (dto) => void sentences.set(dto, sentence);
}

/** Reads query or path parameters as a DTO. */
export function readParameters<T extends object>(dto: DtoClass<T>, values: unknown): T {
  return validated(dto, values, false, (fields) =>
    httpErrors.invalidQuery({ fields, params: { reason: fields[0]?.message ?? 'The query is invalid' } }),
  );
}

function validated<T extends object>(
  dto: DtoClass<T>,
  plain: unknown,
  strict: boolean,
  fail: (fields: FieldError[]) => AppError,
): T {
  const instance = plainToInstance(dto, plain, { exposeUnsetFields: false });
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: strict,
    forbidUnknownValues: false,
    stopAtFirstError: true,
  });
  const inherited = strict ? inheritedNames(plain) : [];
  if (errors.length === 0 && inherited.length === 0) return instance;
  const unknown = [...inherited, ...errors.flatMap((error) => unknownMembers(error, ''))];
  refuseUnknownMembers(unknown);
  throw fail(errors.flatMap((error) => fieldErrors(error, '')));
}

/** @throws AppError `http.unknown_members` (400) that names them, when there are any. */
export function refuseUnknownMembers(names: readonly string[]): void {
  if (names.length === 0) return;
  const fields = names.map((field) => ({ field, code: 'unknown_member', message: `${field} is not known here` }));
  throw httpErrors.unknownMembers({ fields, params: { names: names.join(', ') } });
}

// Names that every object has by nature: no DTO declares one, and the whitelist takes them for declared.
function inheritedNames(plain: unknown): string[] {
  if (typeof plain !== 'object' || plain === null) return [];
  return Object.keys(plain).filter((name) => Object.hasOwn(Object.prototype, name));
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    code: rule.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

function unknownMembers(error: ValidationError, parent: string): string[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const own = error.constraints && 'whitelistValidation' in error.constraints ? [field] : [];
  return [...own, ...(error.children ?? []).flatMap((child) => unknownMembers(child, field))];
}
