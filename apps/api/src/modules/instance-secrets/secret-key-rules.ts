const secretKey = /^[A-Z][A-Z0-9_]{0,127}$/;

/** Whether a text can be the name of a secret, and of an environment variable that a template requires. */
export function isSecretKey(text: string): boolean {
  return secretKey.test(text);
}
