import { type FieldError, unreachable } from '#kernel';
import { parseTemplate, type TemplateFault, type TemplatePart } from './template.js';

/** A `{{credential:name}}` in a text. */
export interface CredentialReference {
  /** Name of a credential of the same workspace, 1 to 255 characters, surrounding white space removed. */
  name: string;
  /** Where `{{` stands, in UTF-16 units from 0. */
  position: number;
}

/** Something in a text that was meant as a reference and is none. */
export interface MalformedReference {
  /** Where `{{` stands, in UTF-16 units from 0. */
  position: number;
  /** Stable reason; `reserved` is the placeholder of a sealed value, which only we write. */
  fault: TemplateFault | 'reserved';
  /** What is wrong, where, and the right form. Does not repeat the text. */
  message: string;
}

/** Every well-formed reference of a text, in order, repeated names included. */
export function listReferences(text: string): CredentialReference[] {
  return parseTemplate(text).flatMap((part) =>
    part.kind === 'credential' ? [{ name: part.name, position: part.position }] : [],
  );
}

/** Whether at least one well-formed `{{credential:name}}` is in the text. */
export function hasReference(text: string): boolean {
  return text.includes('{{') && parseTemplate(text).some((part) => part.kind === 'credential');
}

/** The text without its well-formed references: what its author wrote literally. */
export function withoutReferences(text: string): string {
  return parseTemplate(text)
    .filter((part) => part.kind !== 'credential')
    .map((part) => part.source)
    .join('');
}

/**
 * What a user may not write: references that are none, and placeholders of sealed values, which would read another
 * row's secret. Judge the decoded strings of a JSON column, never its JSON text, where a brace may be escaped.
 */
export function listMalformed(text: string): MalformedReference[] {
  return parseTemplate(text).flatMap((part) => {
    const fault = faultOf(part);
    return fault === null ? [] : [{ position: part.position, fault, message: sentence(fault, part.position) }];
  });
}

/** The malformed references of one value as field errors, ready for a 400. */
export function referenceFaults(text: string, field: string): FieldError[] {
  return listMalformed(text).map(({ fault, message }) => ({
    field,
    code: `reference_${fault}`,
    message: `${field}: ${message}`,
  }));
}

function faultOf(part: TemplatePart): MalformedReference['fault'] | null {
  switch (part.kind) {
    case 'text':
    case 'credential':
      return null;
    case 'sealed':
      return 'reserved';
    case 'malformed':
      return part.fault;
    default:
      return unreachable(part);
  }
}

function sentence(fault: MalformedReference['fault'], position: number): string {
  const form = 'write {{credential:name}} with the name of a credential of this workspace';
  return `The reference at character ${position + 1} ${complaint(fault)}; ${form}`;
}

function complaint(fault: MalformedReference['fault']): string {
  switch (fault) {
    case 'unclosed':
      return 'is not closed by }} or has a brace in its name';
    case 'no_colon':
      return 'has no colon';
    case 'empty_name':
      return 'has no name';
    case 'name_too_long':
      return 'has a name of more than 255 characters';
    case 'control_character':
      return 'has a control character in its name';
    case 'unknown':
      return 'is of no known kind';
    case 'reserved':
      return 'is a placeholder that only the server writes';
    default:
      return unreachable(fault);
  }
}
