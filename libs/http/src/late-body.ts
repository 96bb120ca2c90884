import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isJsonObject } from '#kernel';
import { parseJsonObject } from './body-reading.js';
import { type DtoClass, readBody } from './dto-validation.js';
import { httpErrors } from './http.errors.js';

/**
 * A body that is read only when asked for. Operations that answer 404 for a missing parent before they judge the body
 * look the parent up first and call {@link read} then.
 */
export class LateBody<T extends object> {
  readonly #dto: DtoClass<T>;
  readonly #raw: unknown;

  constructor(dto: DtoClass<T>, raw: unknown) {
    this.#dto = dto;
    this.#raw = raw;
  }

  /** Length of the body as it was sent, for operations that take less than the server does. */
  get bytes(): number {
    return Buffer.isBuffer(this.#raw) ? this.#raw.byteLength : 0;
  }

  /**
   * The body as its DTO.
   * @throws AppError `http.invalid_json`, `http.invalid_body` or `http.unknown_members`, all 400.
   */
  read(): T {
    return readBody(this.#dto, this.#raw);
  }

  /**
   * The same, except that a request without any body counts as one with `{}`.
   * @throws AppError as {@link read} does, for a body that is there and cannot be read.
   */
  readIfAny(): T {
    const absent = !Buffer.isBuffer(this.#raw) || this.#raw.length === 0;
    return readBody(this.#dto, absent ? Buffer.from('{}') : this.#raw);
  }

  /**
   * Judges only whether it is a JSON object, for operations that answer 400 for broken JSON before they look anything up.
   * @throws AppError `http.invalid_json`.
   */
  parse(): void {
    parseJsonObject(this.#raw);
  }

  /**
   * One member as it was sent, before the rest is judged: for a check that comes between the two.
   * @throws AppError `http.invalid_json`.
   */
  peek(member: string): unknown {
    const body = parseJsonObject(this.#raw);
    return Object.hasOwn(body, member) ? body[member] : undefined;
  }

  /** A body that is already at hand, for calls that do not come from HTTP. */
  static of<T extends object>(dto: DtoClass<T>, value: object): LateBody<T> {
    return new LateBody(dto, Buffer.from(JSON.stringify(value)));
  }
}

/**
 * Refuses a list with anything but objects in it, for members whose class depends on what they hold: that is looked for in every
 * item before any rule sees the list.
 * @throws AppError `http.invalid_body`.
 */
export function requireObjects(body: LateBody<object>, member: string): void {
  const list = body.peek(member);
  if (!Array.isArray(list)) return;
  if (list.every(isJsonObject)) return;
  const message = `${member} must be an array of objects`;
  throw httpErrors.invalidBody({
    fields: [{ field: member, code: 'object_list', message }],
    params: { reason: message },
  });
}

/** The request's body as a {@link LateBody} of the given DTO. Document it with `@Endpoint({ body: Dto })`. */
export const BodyAfterLookup = createParamDecorator(
  <T extends object>(dto: DtoClass<T>, context: ExecutionContext): LateBody<T> =>
    new LateBody(dto, context.switchToHttp().getRequest<Request>().body),
);

/** The bytes of the request's body, for what is no DTO; none where it has no body. Document it with `@Endpoint({ body: Dto })`. */
export const RawBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const body: unknown = context.switchToHttp().getRequest<Request>().body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
});
