import { type FieldError, Secret, unreachable } from '#kernel';
import { isHeaderValue } from '#vault';
import { headerNameFault } from '../server-settings/credential-naming-rules.js';
import { type AuthConfig, type AuthType, authConfigKeys, type ServerAuth } from './console.types.js';

/** What `auth_config` comes to, or what is wrong with it. */
export type AuthReading = { ok: true; auth: ServerAuth } | { ok: false; faults: FieldError[] };

/**
 * Reads `auth_config` by the auth type: which members it needs, and whether they can stand in a header. `given` is the
 * object as it was sent, so that members nobody knows are seen: a secret under a wrong name would be lost without a word.
 * Members that are null or empty count as absent.
 */
export function readAuth(authType: AuthType, given: Readonly<Record<string, unknown>> | null): AuthReading {
  const filled = Object.entries(given ?? {}).filter(([, value]) => value !== null && value !== '');
  const reader = new AuthReader(Object.fromEntries(filled));
  const auth = reader.read(authType);
  return reader.faults.length === 0 ? { ok: true, auth } : { ok: false, faults: reader.faults };
}

class AuthReader {
  readonly faults: FieldError[] = [];
  readonly #config: AuthConfig;

  constructor(private readonly given: Readonly<Record<string, unknown>>) {
    this.#config = given as AuthConfig;
  }

  read(authType: AuthType): ServerAuth {
    if (authType === 'none') {
      if (Object.keys(this.given).length > 0)
        this.#fault('auth_config', 'not_allowed', 'must be absent for auth_type none');
      return { authType, credential: null };
    }
    const known: readonly string[] = authConfigKeys;
    for (const name of Object.keys(this.given)) {
      if (!known.includes(name)) this.#fault(`auth_config.${printable(name)}`, 'unknown_member', 'is not known here');
    }
    return { authType, credential: this.#credentialOf(authType) };
  }

  #credentialOf(authType: Exclude<AuthType, 'none'>): NonNullable<ServerAuth['credential']> {
    switch (authType) {
      case 'bearer':
        return { value: this.#value('token'), credType: 'bearer', credHeader: null };
      case 'basic':
        return { value: this.#pair(), credType: 'basic', credHeader: null };
      case 'api_key':
        return { value: this.#value('api_key'), credType: 'api_key', credHeader: this.#header(false) };
      case 'custom': {
        const credHeader = this.#header(true);
        const value = this.#value(this.#config.token ? 'token' : this.#config.api_key ? 'api_key' : 'token');
        return { value, credType: 'api_key', credHeader };
      }
      default:
        return unreachable(authType);
    }
  }

  // The whole pair is the secret, so that a password may hold colons (RFC 7617 §2).
  #pair(): Secret {
    const [username, password] = [this.#required('username'), this.#required('password')];
    if (/[:\p{Cc}]/u.test(username))
      this.#fault('auth_config.username', 'wrong_form', 'must not contain a colon or control characters');
    if (/\p{Cc}/u.test(password))
      this.#fault('auth_config.password', 'wrong_form', 'must not contain control characters');
    return new Secret(`${username}:${password}`);
  }

  #value(name: 'token' | 'api_key'): Secret {
    const text = this.#required(name).trim();
    if (!isHeaderValue(text))
      this.#fault(`auth_config.${name}`, 'wrong_form', 'holds characters that no header may hold');
    return new Secret(text);
  }

  #header(required: boolean): string | null {
    const name = (required ? this.#required('header_name') : (this.#config.header_name ?? '')).trim();
    if (name === '') return null;
    const fault = headerNameFault(name);
    if (fault?.code === 'invalid_name') {
      this.#fault('auth_config.header_name', 'wrong_form', 'is not a valid HTTP header name');
    } else if (fault !== null || /^mcp-/i.test(name)) {
      this.#fault(
        'auth_config.header_name',
        'not_allowed',
        'names a header that the client sets itself; choose another',
      );
    }
    return name;
  }

  #required(name: (typeof authConfigKeys)[number]): string {
    const text = this.#config[name] ?? '';
    if (text.trim() === '') this.#fault(`auth_config.${name}`, 'required', 'is required');
    return text;
  }

  #fault(field: string, code: string, message: string): void {
    this.faults.push({ field, code, message });
  }
}

// A name comes back in the answer: short, and nothing that could pass for more than a name.
function printable(name: string): string {
  return name.replace(/[^\w-]/g, '?').slice(0, 64);
}
