import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { normaliseEmail } from '../identity/users.types.js';

const nameMax = 100;
const emailMax = 254;
const passwordMax = 1024;
const emailForm = /^[a-zA-Z0-9._%+-]{1,64}@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$/;

/** What is wrong with a person's name, or null. Outer spaces do not count; limits are in characters. */
export function nameFault(value: unknown): string | null {
  const name = typeof value === 'string' ? value.trim() : '';
  if (lengthOf(name) < 2) return 'Name must be at least 2 characters';
  if (lengthOf(name) > nameMax) return `Name must be at most ${nameMax} characters`;
  return /\p{Cc}/u.test(name) ? 'Name must not contain control characters' : null;
}

/** What is wrong with an address, or null. */
export function emailFault(value: unknown): string | null {
  const email = typeof value === 'string' ? normaliseEmail(value) : '';
  return email.length <= emailMax && emailForm.test(email) ? null : 'Invalid email address';
}

/** What is wrong with a new password, or null. Limits are in characters, not bytes. */
export function passwordFault(value: unknown): string | null {
  const length = typeof value === 'string' ? lengthOf(value) : 0;
  if (length < 8) return 'Password must be at least 8 characters';
  return length > passwordMax ? `Password must be at most ${passwordMax} characters` : null;
}

/** A person's name. */
export function NameField(): PropertyDecorator {
  return accountField(nameFault, { minLength: 2, maxLength: nameMax, example: 'Ada Lovelace' });
}

/** An email address. */
export function EmailField(): PropertyDecorator {
  return accountField(emailFault, { format: 'email', maxLength: emailMax, example: 'ada@example.com' });
}

/** A password that is being set. */
export function NewPasswordField(): PropertyDecorator {
  return accountField(passwordFault, { format: 'password', minLength: 8, maxLength: passwordMax, writeOnly: true });
}

// The house's text field says the same sentence for every fault; here the contract knows one for the lower limit only.
function accountField(fault: (value: unknown) => string | null, schema: object): PropertyDecorator {
  const check = ValidateBy({
    name: 'account',
    validator: {
      validate: (value) => fault(value) === null,
      defaultMessage: (args) => fault(args?.value) ?? '',
    },
  });
  const published = { type: String, required: true, ...schema } as ApiPropertyOptions;
  return applyDecorators(ApiProperty(published), check) as PropertyDecorator;
}

function lengthOf(text: string): number {
  return [...text].length;
}
