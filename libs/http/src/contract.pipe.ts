import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { type DtoClass, readBody, readParameters } from './dto-validation.js';

const primitives = new Set<unknown>([String, Number, Boolean, Array, Object, Buffer]);

/** Reads bodies and queries by their DTO class; parameters without one pass as they are. */
@Injectable()
export class ContractPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (!metatype || primitives.has(metatype) || type === 'custom') return value;
    const dto = metatype as DtoClass<object>;
    return type === 'body' ? readBody(dto, value) : readParameters(dto, value);
  }
}
