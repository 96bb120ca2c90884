import { hasSecretFormat } from './secret-formats.js';
import { isPasswordName, isSecretName } from './secret-names.js';

const switchOrNumber = /^(?:true|false|yes|no|on|off|none|null|auto|enabled|disabled|-?\d{1,12}(?:\.\d{1,6})?)$/i;
const indirection = /^\$\{?[A-Za-z_]\w{0,100}\}?$/;
const pathOfFile = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/](?:[\w.@ -]{1,255}[\\/])*[\w@ -][\w.@ -]{0,255}\.[A-Za-z]{1,5}$/;

/**
 * Whether a literal is taken for a secret, by its value's form or by its key. There is no guess by randomness: ids and
 * hashes are as random as tokens. In doubt it says yes; the price is a `***` where the value could have been shown.
 *
 * Under a secret's key these values are still none: the empty text; a number or a switch such as `true` (`MAX_TOKENS`,
 * `USE_COOKIE`), except for passwords; another variable (`${NAME}`); the path of a file with an extension.
 */
export function looksSecret(key: string, value: string): boolean {
  if (value.trim() === '') return false;
  if (hasSecretFormat(value)) return true;
  if (!isSecretName(key)) return false;
  if (switchOrNumber.test(value.trim())) return isPasswordName(key);
  return !indirection.test(value) && !(value.length <= 1_024 && pathOfFile.test(value));
}
