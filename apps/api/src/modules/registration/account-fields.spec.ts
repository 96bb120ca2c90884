import { describe, expect, it } from 'vitest';
import { emailFault, nameFault, passwordFault } from './account-fields.js';

describe('the fields of a new account', () => {
  it('count characters, not bytes or UTF-16 units', () => {
    expect(passwordFault('ü'.repeat(7))).toBe('Password must be at least 8 characters');
    expect(passwordFault('🙂'.repeat(7))).toBe('Password must be at least 8 characters');
    expect(passwordFault('🙂'.repeat(8))).toBeNull();
    expect(passwordFault('ü'.repeat(1024))).toBeNull();
    expect(passwordFault('x'.repeat(1025))).toBe('Password must be at most 1024 characters');
  });

  it.each([undefined, null, 12345678, '', ' a ', { length: 9 }])('refuse the name %j', (value) => {
    expect(nameFault(value)).toBe('Name must be at least 2 characters');
  });

  it('refuse names that would break a line or fill a cookie', () => {
    expect(nameFault('Ada\nLovelace')).toContain('control characters');
    expect(nameFault('x'.repeat(101))).toContain('at most 100');
    expect(nameFault('李雷')).toBeNull();
  });

  it.each(['ada@example.com', ' Ada.L+x@Example.CO.UK '])('take the address %j', (value) => {
    expect(emailFault(value)).toBeNull();
  });

  it.each([
    'ada',
    'ada@example',
    '@example.com',
    'a b@example.com',
    'ada@example.com\nx',
    `${'x'.repeat(250)}@e.com`,
    7,
  ])('refuse the address %j', (value) => expect(emailFault(value)).toBe('Invalid email address'));
});
